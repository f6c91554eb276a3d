CREATE TABLE "record_coverages" (
	"workspace_id" text NOT NULL,
	"coverage" uuid NOT NULL,
	"segments" integer[] NOT NULL,
	CONSTRAINT "record_coverages_workspace_id_coverage_pk" PRIMARY KEY("workspace_id","coverage")
);
--> statement-breakpoint
CREATE TABLE "subject_records" (
	"workspace_id" text NOT NULL,
	"subject" text NOT NULL,
	"holdings" text NOT NULL,
	"coverage" uuid,
	"segments" integer[] NOT NULL,
	"records" "bytea" NOT NULL,
	CONSTRAINT "subject_records_workspace_id_subject_pk" PRIMARY KEY("workspace_id","subject")
);
--> statement-breakpoint
CREATE INDEX "subject_records_by_coverage" ON "subject_records" USING btree ("workspace_id","coverage");--> statement-breakpoint
-- They are deflated already: PostgreSQL would only try.
ALTER TABLE "subject_records" ALTER COLUMN "records" SET STORAGE EXTERNAL;--> statement-breakpoint
-- A customer's connection sees none: theirs are read from the log.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['subject_records', 'record_coverages'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY workspace ON %I
      USING (workspace_id = (SELECT rollcall_workspace()) AND (SELECT rollcall_customer()) IS NULL)
      WITH CHECK (workspace_id = (SELECT rollcall_workspace()) AND (SELECT rollcall_customer()) IS NULL)', name);
  END LOOP;
END $$;
