CREATE TABLE "drill_settings" (
	"workspace_id" text NOT NULL,
	"application" text NOT NULL,
	"label" text NOT NULL,
	"active" boolean NOT NULL,
	"every_hours" integer,
	"domain" text NOT NULL,
	"group_wish" jsonb NOT NULL,
	"follow" text,
	"follow_hours" integer NOT NULL,
	"set_at" timestamptz(3) NOT NULL,
	"set_by" text NOT NULL,
	CONSTRAINT "drill_settings_workspace_id_application_pk" PRIMARY KEY("workspace_id","application")
);
--> statement-breakpoint
CREATE TABLE "drill_turns" (
	"workspace_id" text NOT NULL,
	"application" text NOT NULL,
	"next_run_at" timestamptz(3),
	"asked_by" text,
	"look_at" timestamptz(3),
	"followed" jsonb,
	"problem" text,
	CONSTRAINT "drill_turns_workspace_id_application_pk" PRIMARY KEY("workspace_id","application")
);
--> statement-breakpoint
CREATE TABLE "drills" (
	"workspace_id" text NOT NULL,
	"drill" uuid NOT NULL,
	"application" text NOT NULL,
	"label" text NOT NULL,
	"identity" text NOT NULL,
	"asked_by" text,
	"state" jsonb NOT NULL,
	"started_at" timestamptz(3) NOT NULL,
	"kept_at" timestamptz(3),
	"cleaned_at" timestamptz(3),
	"cleaned" text,
	"tries" integer NOT NULL,
	"next_try_at" timestamptz(3),
	"problem" text,
	CONSTRAINT "drills_workspace_id_drill_pk" PRIMARY KEY("workspace_id","drill")
);
--> statement-breakpoint
CREATE INDEX "drills_by_application" ON "drills" USING btree ("workspace_id","application","started_at");
--> statement-breakpoint
-- A customer's connection sees none: they belong to the workspace.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['drill_settings', 'drill_turns', 'drills'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY workspace ON %I
      USING (workspace_id = (SELECT rollcall_workspace()) AND (SELECT rollcall_customer()) IS NULL)
      WITH CHECK (workspace_id = (SELECT rollcall_workspace()) AND (SELECT rollcall_customer()) IS NULL)', name);
  END LOOP;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER audit_required AFTER INSERT OR UPDATE OR DELETE ON "drill_settings"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_required();
