-- outside a transaction
DROP INDEX CONCURRENTLY IF EXISTS "alerts_open_by_age";
--> statement-breakpoint
CREATE INDEX CONCURRENTLY "alerts_open_by_age" ON "alerts" USING btree ("workspace_id","since","alert") WHERE "resolved_at" is null;
