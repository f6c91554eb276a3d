-- outside a transaction
DROP INDEX CONCURRENTLY IF EXISTS "subject_refs_by_name";
--> statement-breakpoint
CREATE INDEX CONCURRENTLY "subject_refs_by_name" ON "subject_refs" ("workspace_id", lower(regexp_replace("ref", '^(?:[an]:|[pxc]:[^:]*:#?)', '')) text_pattern_ops);
--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "subjects_by_user_name";
--> statement-breakpoint
CREATE INDEX CONCURRENTLY "subjects_by_user_name" ON "subjects" ("workspace_id", lower("user_name") text_pattern_ops);
--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "subjects_by_display_name";
--> statement-breakpoint
CREATE INDEX CONCURRENTLY "subjects_by_display_name" ON "subjects" ("workspace_id", lower("display_name") text_pattern_ops);
--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "subjects_by_email";
--> statement-breakpoint
CREATE INDEX CONCURRENTLY "subjects_by_email" ON "subjects" ("workspace_id", lower("email") text_pattern_ops);
--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "subjects_by_word";
--> statement-breakpoint
CREATE INDEX CONCURRENTLY "subjects_by_word" ON "subjects" USING gin (to_tsvector('simple', regexp_replace(lower(coalesce("user_name", '') || ' ' || coalesce("display_name", '') || ' ' || coalesce("email", '')), '[^[:alnum:]]+', ' ', 'g')));
