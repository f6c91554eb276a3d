-- outside a transaction
DROP INDEX CONCURRENTLY IF EXISTS "records_workspace_id_fingerprint_month";
--> statement-breakpoint
CREATE UNIQUE INDEX CONCURRENTLY "records_workspace_id_fingerprint_month" ON "records" ("workspace_id", "fingerprint", "month");
--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "segments_workspace_id_segment_month";
--> statement-breakpoint
CREATE UNIQUE INDEX CONCURRENTLY "segments_workspace_id_segment_month" ON "segments" ("workspace_id", "segment", "month");
--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "segments_before_by_time";
--> statement-breakpoint
CREATE INDEX CONCURRENTLY "segments_before_by_time" ON "segments" ("workspace_id", "last_at" DESC, "segment");
--> statement-breakpoint
ALTER TABLE "records" VALIDATE CONSTRAINT "records_before_months";
--> statement-breakpoint
ALTER TABLE "segments" VALIDATE CONSTRAINT "segments_before_months";
