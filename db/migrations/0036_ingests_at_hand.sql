CREATE INDEX "ingests_by_start" ON "ingests" USING btree ("workspace_id","started_at");--> statement-breakpoint
CREATE INDEX "ingests_by_end" ON "ingests" USING btree ("workspace_id","finished_at");--> statement-breakpoint
CREATE INDEX "ingests_by_heartbeat" ON "ingests" USING btree ("workspace_id","heartbeat_at");--> statement-breakpoint
CREATE INDEX "ingests_running" ON "ingests" USING btree ("workspace_id") WHERE "ingests"."state" = 'running';