-- outside a transaction
DROP INDEX CONCURRENTLY IF EXISTS "link_facts_by_saying";
--> statement-breakpoint
CREATE INDEX CONCURRENTLY "link_facts_by_saying" ON "link_facts" USING gin ("facts");
--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "link_facts_by_end";
--> statement-breakpoint
CREATE INDEX CONCURRENTLY "link_facts_by_end" ON "link_facts" ("workspace_id", (substr("ref", strpos(substr("ref", 3), ':') + 3)));
