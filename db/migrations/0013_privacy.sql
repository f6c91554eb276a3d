CREATE TABLE "privacy_requests" (
	"workspace_id" text NOT NULL,
	"request" uuid NOT NULL,
	"wish" jsonb NOT NULL,
	"asked_at" timestamptz(3) NOT NULL,
	"problem" text,
	"done_at" timestamptz(3),
	CONSTRAINT "privacy_requests_workspace_id_request_pk" PRIMARY KEY("workspace_id","request")
);
--> statement-breakpoint
CREATE TABLE "retention_rules" (
	"workspace_id" text NOT NULL,
	"source" text NOT NULL,
	"days" integer,
	"removed_before" timestamptz(3),
	"removed" bigint DEFAULT 0 NOT NULL,
	"set_at" timestamptz(3) NOT NULL,
	"set_by" text NOT NULL,
	CONSTRAINT "retention_rules_workspace_id_source_pk" PRIMARY KEY("workspace_id","source")
);
--> statement-breakpoint
CREATE TABLE "sealed_people" (
	"workspace_id" text NOT NULL,
	"person" uuid NOT NULL,
	"subject" text NOT NULL,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"sealed_at" timestamptz(3) NOT NULL,
	"erased_at" timestamptz(3),
	"dictionary" "bytea" NOT NULL,
	CONSTRAINT "sealed_people_workspace_id_person_pk" PRIMARY KEY("workspace_id","person")
);
--> statement-breakpoint
CREATE TABLE "withheld_records" (
	"workspace_id" text NOT NULL,
	"segment" integer NOT NULL,
	"position" smallint NOT NULL,
	"cause" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"first_at" timestamptz(3),
	"events" integer,
	CONSTRAINT "withheld_records_workspace_id_segment_position_cause_pk" PRIMARY KEY("workspace_id","segment","position","cause")
);
--> statement-breakpoint
ALTER TABLE "rejected_records" ADD COLUMN "sealed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "sealed_people_by_subject" ON "sealed_people" USING btree ("workspace_id","subject");--> statement-breakpoint
CREATE INDEX "withheld_records_by_cause" ON "withheld_records" USING btree ("workspace_id","cause");
--> statement-breakpoint
DO $$
DECLARE
  name text;
  own constant text := 'workspace_id = (SELECT rollcall_workspace())';
  no_customer constant text := '(SELECT rollcall_customer()) IS NULL';
  visible text;
BEGIN
  FOREACH name IN ARRAY ARRAY['sealed_people', 'withheld_records', 'retention_rules', 'privacy_requests'] LOOP
    -- A customer's connection sees of its own sources' records which are withheld, and how long they are kept; it changes neither.
    visible := own || CASE name
      WHEN 'withheld_records' THEN format(
        ' AND (%s OR EXISTS (SELECT FROM segments s WHERE s.workspace_id = withheld_records.workspace_id AND s.segment = withheld_records.segment))',
        no_customer)
      WHEN 'retention_rules' THEN format(' AND (%s OR source IN (SELECT s.source FROM sources s))', no_customer)
      ELSE ' AND ' || no_customer
    END;
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY workspace ON %I USING (%s) WITH CHECK (%s AND %s)', name, visible, own, no_customer);
    -- What becomes of a request has the entry of what was done.
    EXECUTE format('CREATE CONSTRAINT TRIGGER audit_required AFTER INSERT %s ON %I
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_required()',
      CASE name WHEN 'privacy_requests' THEN '' ELSE 'OR UPDATE OR DELETE' END, name);
  END LOOP;
END $$;
