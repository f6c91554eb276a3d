-- The hashes of leaves, put together segment by segment. Sorted all at once, each leaf would carry its whole segment's hashes
-- through the sort: 60,000 leaves took some 800 MB of temporary files.
CREATE OR REPLACE FUNCTION log_leaves(from_leaf bigint, to_leaf bigint) RETURNS bytea LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog AS $$
DECLARE
  own constant text := public.rollcall_workspace();
  result bytea;
BEGIN
  WITH found AS MATERIALIZED (
    SELECT l.first_leaf, s.records, s.hashes || ''::bytea AS hashes,
      '","format":' || to_json(s.format)::text || ',"sha256":"' AS between, '","source":' || to_json(s.source)::text || '}' AS behind
    FROM public.segment_leaves l JOIN public.segments s ON s.workspace_id = l.workspace_id AND s.segment = l.segment
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
