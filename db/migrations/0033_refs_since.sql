-- As segments_with_refs, of the segments after one: who knows of all before asks the months that have others, which are few, and not the
-- indexes of all.
CREATE FUNCTION segments_with_refs_since(wanted integer[], above integer) RETURNS SETOF integer LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET seq_page_cost = 20
SET random_page_cost = 0.1 AS $$
DECLARE
  own text := public.rollcall_workspace();
  one date;
  months date[];
BEGIN
  FOR one IN
    SELECT '-infinity'::date UNION ALL
    SELECT to_date(substr(c.relname, length('segments_') + 1), 'YYYY_MM')
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'public.segments'::regclass AND c.relname ~ '^segments_[0-9]{4}_[0-9]{2}$'
  LOOP
    IF EXISTS (SELECT FROM public.segments s WHERE s.workspace_id = own AND s.month = one AND s.segment > above) THEN
      months := months || one;
    END IF;
  END LOOP;
  RETURN QUERY
    SELECT s.segment FROM public.segments s
    WHERE s.workspace_id = own AND s.month = ANY (months) AND s.segment > above AND s.refs && wanted ORDER BY s.segment;
END $$;
