-- To look for one ref or for a thousand, the index of refs is sooner than a month's segments one by one. PostgreSQL does not see
-- it: it reckons that to compare two lists of refs costs as much as to compare two numbers, and that of many refs each segment has
-- one. So it plans for any refs, with pages of the index cheap and all pages of a month dear.
CREATE OR REPLACE FUNCTION segments_with_refs(wanted integer[]) RETURNS SETOF integer LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET seq_page_cost = 20
SET random_page_cost = 0.1 AS $$
DECLARE
  own text := public.rollcall_workspace();
BEGIN
  RETURN QUERY SELECT s.segment FROM public.segments s WHERE s.workspace_id = own AND s.refs && wanted ORDER BY s.segment;
END $$;
--> statement-breakpoint
-- As before, but that each segment is looked up: planned for any range, the segments of all months would be read and most thrown away.
CREATE OR REPLACE FUNCTION log_leaves(from_leaf bigint, to_leaf bigint) RETURNS bytea LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog AS $$
DECLARE
  own constant text := public.rollcall_workspace();
  result bytea;
BEGIN
  WITH found AS MATERIALIZED (
    SELECT l.first_leaf, s.records, s.hashes || ''::bytea AS hashes,
      '","format":' || to_json(s.format)::text || ',"sha256":"' AS between, '","source":' || to_json(s.source)::text || '}' AS behind
    FROM public.segment_leaves l CROSS JOIN LATERAL (
      SELECT * FROM public.segments one WHERE one.workspace_id = own AND one.segment = l.segment OFFSET 0) s
    WHERE l.workspace_id = own AND l.first_leaf < to_leaf AND l.first_leaf >= coalesce((
      SELECT max(b.first_leaf) FROM public.segment_leaves b WHERE b.workspace_id = own AND b.first_leaf <= from_leaf), 0)
  ), of_segment AS MATERIALIZED (
    SELECT f.first_leaf, (
      SELECT string_agg(sha256('\x00'::bytea || convert_to('{"fingerprint":"' || encode(substring(f.hashes FROM p.at * 52 + 1 FOR 20), 'hex')
          || f.between || encode(substring(f.hashes FROM p.at * 52 + 21 FOR 32), 'hex') || f.behind, 'UTF8')), ''::bytea ORDER BY p.at)
      FROM generate_series(greatest(from_leaf - f.first_leaf, 0)::int, least(to_leaf - f.first_leaf, f.records)::int - 1) p(at)
    ) AS leaves
    FROM found f
  )
  SELECT string_agg(leaves, ''::bytea ORDER BY first_leaf) INTO result FROM of_segment;
  RETURN coalesce(result, ''::bytea);
END $$;
