-- The first and the last number of each span of segments, instead of all of them. To a program that still reads a list, both are
-- segments of the pass, and all others are looked up again.
UPDATE "record_coverages" c SET "segments" = coalesce((
  SELECT array_agg(b.number ORDER BY b.number, b.is_last)
  FROM (
    SELECT min(n.number) AS first, max(n.number) AS last
    FROM (SELECT number, number - row_number() OVER (ORDER BY number) AS span FROM (SELECT DISTINCT unnest(c.segments) AS number) d) n
    GROUP BY n.span) s
  CROSS JOIN LATERAL (VALUES (s.first, false), (s.last, true)) b(number, is_last)), '{}');
