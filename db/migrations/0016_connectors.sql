CREATE TABLE "connector_work" (
	"workspace_id" text NOT NULL,
	"work" uuid NOT NULL,
	"connector" uuid NOT NULL,
	"window_from" timestamptz(3),
	"window_to" timestamptz(3),
	"cursor" jsonb,
	"step" bigint DEFAULT 0 NOT NULL,
	"records" bigint DEFAULT 0 NOT NULL,
	"newest_at" timestamptz(3),
	"caught_up" boolean DEFAULT false NOT NULL,
	"started_at" timestamptz(3),
	"last_success_at" timestamptz(3),
	"failures" integer DEFAULT 0 NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"next_run_at" timestamptz(3) NOT NULL,
	"set_aside_at" timestamptz(3),
	"done_at" timestamptz(3),
	CONSTRAINT "connector_work_workspace_id_work_pk" PRIMARY KEY("workspace_id","work")
);
--> statement-breakpoint
CREATE TABLE "connectors" (
	"workspace_id" text NOT NULL,
	"connector" uuid NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"source" text NOT NULL,
	"customer" text,
	"settings" jsonb NOT NULL,
	"secret" "bytea" NOT NULL,
	"every_seconds" integer NOT NULL,
	"paused" boolean NOT NULL,
	"set_at" timestamptz(3) NOT NULL,
	"set_by" text NOT NULL,
	CONSTRAINT "connectors_workspace_id_connector_pk" PRIMARY KEY("workspace_id","connector")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "connector_work_by_connector" ON "connector_work" USING btree ("workspace_id","connector","work");--> statement-breakpoint
CREATE UNIQUE INDEX "connectors_by_name" ON "connectors" USING btree ("workspace_id","name");--> statement-breakpoint
-- A customer's connection sees none: they belong to the workspace.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['connectors', 'connector_work'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY workspace ON %I
      USING (workspace_id = (SELECT rollcall_workspace()) AND (SELECT rollcall_customer()) IS NULL)
      WITH CHECK (workspace_id = (SELECT rollcall_workspace()) AND (SELECT rollcall_customer()) IS NULL)', name);
  END LOOP;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER audit_required AFTER INSERT OR UPDATE OR DELETE ON "connectors"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_required();
