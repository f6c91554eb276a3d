CREATE TABLE "alert_channel_states" (
	"workspace_id" text NOT NULL,
	"channel" text NOT NULL,
	"tried_at" timestamptz(3),
	"ok" boolean,
	"answer" text,
	"failures" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamptz(3),
	"digest_at" timestamptz(3),
	CONSTRAINT "alert_channel_states_workspace_id_channel_pk" PRIMARY KEY("workspace_id","channel")
);
--> statement-breakpoint
CREATE TABLE "alert_channels" (
	"workspace_id" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"target" text NOT NULL,
	"secret" "bytea",
	"active" boolean NOT NULL,
	"digest" boolean NOT NULL,
	"set_at" timestamptz(3) NOT NULL,
	"set_by" text NOT NULL,
	CONSTRAINT "alert_channels_workspace_id_name_pk" PRIMARY KEY("workspace_id","name")
);
--> statement-breakpoint
CREATE TABLE "alert_rounds" (
	"workspace_id" text NOT NULL,
	"next_run_at" timestamptz(3) NOT NULL,
	"next_look_at" timestamptz(3) NOT NULL,
	"looked_at" timestamptz(3),
	"error" text,
	CONSTRAINT "alert_rounds_workspace_id_pk" PRIMARY KEY("workspace_id")
);
--> statement-breakpoint
CREATE TABLE "alert_settings" (
	"workspace_id" text NOT NULL,
	"rules" jsonb NOT NULL,
	"zone" text NOT NULL,
	"set_at" timestamptz(3) NOT NULL,
	"set_by" text NOT NULL,
	CONSTRAINT "alert_settings_workspace_id_pk" PRIMARY KEY("workspace_id")
);
--> statement-breakpoint
CREATE TABLE "alert_tellings" (
	"workspace_id" text NOT NULL,
	"channel" text NOT NULL,
	"alert" bigint NOT NULL,
	CONSTRAINT "alert_tellings_workspace_id_channel_alert_pk" PRIMARY KEY("workspace_id","channel","alert")
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"workspace_id" text NOT NULL,
	"alert" bigint GENERATED ALWAYS AS IDENTITY (sequence name "alerts_alert_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"rule" text NOT NULL,
	"subject" text NOT NULL,
	"what" text NOT NULL,
	"link" text NOT NULL,
	"since" timestamptz(3) NOT NULL,
	"first_raised_at" timestamptz(3) NOT NULL,
	"last_raised_at" timestamptz(3) NOT NULL,
	"resolved_at" timestamptz(3),
	"notified_at" timestamptz(3),
	CONSTRAINT "alerts_workspace_id_alert_pk" PRIMARY KEY("workspace_id","alert")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "alerts_open" ON "alerts" USING btree ("workspace_id","rule","subject") WHERE "alerts"."resolved_at" is null;--> statement-breakpoint
CREATE INDEX "alerts_by_end" ON "alerts" USING btree ("workspace_id","resolved_at");
--> statement-breakpoint
-- A customer's connection sees none: they belong to the workspace.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['alerts', 'alert_tellings', 'alert_channels', 'alert_channel_states', 'alert_settings', 'alert_rounds'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY workspace ON %I
      USING (workspace_id = (SELECT rollcall_workspace()) AND (SELECT rollcall_customer()) IS NULL)
      WITH CHECK (workspace_id = (SELECT rollcall_workspace()) AND (SELECT rollcall_customer()) IS NULL)', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['alert_channels', 'alert_settings'] LOOP
    EXECUTE format('CREATE CONSTRAINT TRIGGER audit_required AFTER INSERT OR UPDATE OR DELETE ON %I
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_required()', name);
  END LOOP;
END $$;
