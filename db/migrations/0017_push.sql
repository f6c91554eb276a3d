CREATE TABLE "push_sources" (
	"workspace_id" text NOT NULL,
	"source" text NOT NULL,
	"push" uuid NOT NULL,
	"kind" text NOT NULL,
	"settings" jsonb NOT NULL,
	"secret" "bytea",
	"ingest" uuid NOT NULL,
	"set_at" timestamptz(3) NOT NULL,
	"set_by" text NOT NULL,
	"records" bigint DEFAULT 0 NOT NULL,
	"last_received_at" timestamptz(3),
	"last_refused_at" timestamptz(3),
	"last_refusal" text,
	CONSTRAINT "push_sources_workspace_id_source_pk" PRIMARY KEY("workspace_id","source")
);
--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "source" text;--> statement-breakpoint
CREATE UNIQUE INDEX "push_sources_by_push" ON "push_sources" USING btree ("workspace_id","push");
--> statement-breakpoint
-- A customer's connection sees none: they belong to the workspace, and what came of them stands in the log.
ALTER TABLE "push_sources" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY workspace ON "push_sources"
  USING (workspace_id = (SELECT rollcall_workspace()) AND (SELECT rollcall_customer()) IS NULL)
  WITH CHECK (workspace_id = (SELECT rollcall_workspace()) AND (SELECT rollcall_customer()) IS NULL);
--> statement-breakpoint
-- Machines note what came last; all else is decided.
CREATE CONSTRAINT TRIGGER audit_required AFTER INSERT OR DELETE ON "push_sources"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_required();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER audit_required_on_change AFTER UPDATE ON "push_sources"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD.source, OLD.push, OLD.kind, OLD.settings, OLD.secret, OLD.ingest, OLD.set_at, OLD.set_by)
    IS DISTINCT FROM (NEW.source, NEW.push, NEW.kind, NEW.settings, NEW.secret, NEW.ingest, NEW.set_at, NEW.set_by))
  EXECUTE FUNCTION audit_required();
