CREATE TABLE "failure_decisions" (
	"workspace_id" text NOT NULL,
	"decision" bigint GENERATED ALWAYS AS IDENTITY (sequence name "failure_decisions_decision_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"group_id" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"by" text NOT NULL,
	"member" uuid,
	"verb" text NOT NULL,
	"until" timestamptz(3),
	"owner" uuid,
	"note" text,
	"undoes" bigint,
	CONSTRAINT "failure_decisions_workspace_id_decision_pk" PRIMARY KEY("workspace_id","decision")
);
--> statement-breakpoint
CREATE TABLE "ticket_webhooks" (
	"workspace_id" text NOT NULL,
	"url" text NOT NULL,
	"secret" "bytea" NOT NULL,
	"set_at" timestamptz(3) NOT NULL,
	"set_by" text NOT NULL,
	CONSTRAINT "ticket_webhooks_workspace_id_pk" PRIMARY KEY("workspace_id")
);
--> statement-breakpoint
CREATE INDEX "failure_decisions_by_group" ON "failure_decisions" USING btree ("workspace_id","group_id");
--> statement-breakpoint
-- A customer's connection sees none of it: what is decided, and said, of a failure is the workspace's own.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['failure_decisions', 'ticket_webhooks'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY workspace ON %I
      USING (workspace_id = (SELECT rollcall_workspace()) AND (SELECT rollcall_customer()) IS NULL)
      WITH CHECK (workspace_id = (SELECT rollcall_workspace()) AND (SELECT rollcall_customer()) IS NULL)', name);
    EXECUTE format('CREATE CONSTRAINT TRIGGER audit_required AFTER INSERT OR UPDATE OR DELETE ON %I
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_required()', name);
  END LOOP;
END $$;
