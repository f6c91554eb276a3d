CREATE TABLE "report_blocks" (
	"workspace_id" text NOT NULL,
	"edition" uuid NOT NULL,
	"name" text NOT NULL,
	"block" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "report_blocks_workspace_id_edition_name_block_pk" PRIMARY KEY("workspace_id","edition","name","block")
);
--> statement-breakpoint
CREATE TABLE "report_builds" (
	"workspace_id" text NOT NULL,
	"began_at" timestamptz(3) NOT NULL,
	"ended_at" timestamptz(3),
	"rest_until" timestamptz(3),
	"people" integer NOT NULL,
	"people_done" integer NOT NULL,
	"problem" text,
	CONSTRAINT "report_builds_workspace_id_pk" PRIMARY KEY("workspace_id")
);
--> statement-breakpoint
CREATE TABLE "report_editions" (
	"workspace_id" text NOT NULL,
	"edition" uuid NOT NULL,
	"report" text NOT NULL,
	"question" text NOT NULL,
	"version" text NOT NULL,
	"as_of" timestamptz(3) NOT NULL,
	"built_at" timestamptz(3) NOT NULL,
	"superseded_at" timestamptz(3),
	"head" "bytea" NOT NULL,
	CONSTRAINT "report_editions_workspace_id_edition_pk" PRIMARY KEY("workspace_id","edition")
);
--> statement-breakpoint
CREATE TABLE "report_wishes" (
	"workspace_id" text NOT NULL,
	"report" text NOT NULL,
	"question" text NOT NULL,
	"asked_at" timestamptz(3) NOT NULL,
	"waits" boolean NOT NULL,
	CONSTRAINT "report_wishes_workspace_id_report_question_pk" PRIMARY KEY("workspace_id","report","question")
);
--> statement-breakpoint
ALTER TABLE "report_blocks" ADD CONSTRAINT "report_blocks_edition_fk" FOREIGN KEY ("workspace_id","edition") REFERENCES "public"."report_editions"("workspace_id","edition") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "report_editions_by_question" ON "report_editions" USING btree ("workspace_id","report","question");--> statement-breakpoint
-- They are deflated already: PostgreSQL would only try.
ALTER TABLE "report_blocks" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "report_editions" ALTER COLUMN "head" SET STORAGE EXTERNAL;--> statement-breakpoint
-- A customer's connection sees none: theirs are worked out from their own records.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['report_editions', 'report_blocks', 'report_wishes', 'report_builds'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY workspace ON %I
      USING (workspace_id = (SELECT rollcall_workspace()) AND (SELECT rollcall_customer()) IS NULL)
      WITH CHECK (workspace_id = (SELECT rollcall_workspace()) AND (SELECT rollcall_customer()) IS NULL)', name);
  END LOOP;
END $$;
