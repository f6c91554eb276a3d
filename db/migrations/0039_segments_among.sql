-- The segments in some spans and above a number, at most so many of each. Asked at each look at a person; planned once by each connection
-- and not at each call, since planning for all months takes five times as long as asking them by their index.
CREATE FUNCTION segments_among(own text, firsts integer[], lasts integer[], above integer, most integer) RETURNS SETOF integer
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  RETURN QUERY
    (SELECT s.segment FROM public.segments s WHERE s.workspace_id = own AND s.segment > above ORDER BY s.segment LIMIT most)
    UNION ALL
    SELECT one.segment
    FROM unnest(firsts, lasts) span(first, last)
    CROSS JOIN LATERAL (
      SELECT s.segment FROM public.segments s WHERE s.workspace_id = own AND s.segment >= span.first AND s.segment <= span.last
      ORDER BY s.segment LIMIT most) one
    LIMIT most;
END $$;
