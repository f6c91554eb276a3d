-- outside a transaction
DROP INDEX CONCURRENTLY IF EXISTS "link_facts_by_external";
--> statement-breakpoint
CREATE INDEX CONCURRENTLY "link_facts_by_external" ON "link_facts" USING gin (jsonb_path_query_array(lower("facts"::text)::jsonb, '$.keyvalue().key ? (@ starts with "external ")')) WHERE "facts"::text LIKE '%"external %';
