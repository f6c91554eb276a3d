CREATE TABLE "conformance_schedules" (
	"workspace_id" text NOT NULL,
	"application" text NOT NULL,
	"label" text NOT NULL,
	"every_days" integer NOT NULL,
	"level" text NOT NULL,
	"since" timestamptz(3) NOT NULL,
	"set_at" timestamptz(3) NOT NULL,
	"set_by" text NOT NULL,
	CONSTRAINT "conformance_schedules_workspace_id_application_pk" PRIMARY KEY("workspace_id","application")
);
--> statement-breakpoint
CREATE TABLE "conformance_turns" (
	"workspace_id" text NOT NULL,
	"application" text NOT NULL,
	"next_run_at" timestamptz(3) NOT NULL,
	"tries" integer NOT NULL,
	"problem" text,
	CONSTRAINT "conformance_turns_workspace_id_application_pk" PRIMARY KEY("workspace_id","application")
);
--> statement-breakpoint
-- A customer's connection sees none: they belong to the workspace.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['conformance_schedules', 'conformance_turns'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY workspace ON %I
      USING (workspace_id = (SELECT rollcall_workspace()) AND (SELECT rollcall_customer()) IS NULL)
      WITH CHECK (workspace_id = (SELECT rollcall_workspace()) AND (SELECT rollcall_customer()) IS NULL)', name);
  END LOOP;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER audit_required AFTER INSERT OR UPDATE OR DELETE ON "conformance_schedules"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_required();
