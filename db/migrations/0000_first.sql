CREATE TABLE "application_settings" (
	"workspace_id" text NOT NULL,
	"application" text NOT NULL,
	"label" text NOT NULL,
	"sla_hours" double precision NOT NULL,
	"set_at" timestamptz(3) NOT NULL,
	"set_by" text NOT NULL,
	CONSTRAINT "application_settings_workspace_id_application_pk" PRIMARY KEY("workspace_id","application")
);
--> statement-breakpoint
CREATE TABLE "dirty_refs" (
	"workspace_id" text NOT NULL,
	"ref" text NOT NULL,
	CONSTRAINT "dirty_refs_workspace_id_ref_pk" PRIMARY KEY("workspace_id","ref")
);
--> statement-breakpoint
CREATE TABLE "event_hours" (
	"workspace_id" text NOT NULL,
	"source" text NOT NULL,
	"hour" timestamptz(3) NOT NULL,
	"records" bigint NOT NULL,
	"events" bigint NOT NULL,
	"first_at" timestamptz(3) NOT NULL,
	"last_at" timestamptz(3) NOT NULL,
	CONSTRAINT "event_hours_workspace_id_source_hour_pk" PRIMARY KEY("workspace_id","source","hour")
);
--> statement-breakpoint
CREATE TABLE "ingests" (
	"workspace_id" text NOT NULL,
	"ingest" uuid NOT NULL,
	"source" text NOT NULL,
	"format" text NOT NULL,
	"file" text,
	"state" text NOT NULL,
	"records" bigint NOT NULL,
	"accepted" bigint NOT NULL,
	"duplicates" bigint NOT NULL,
	"rejected" bigint NOT NULL,
	"first_event_at" timestamptz(3),
	"last_event_at" timestamptz(3),
	"bytes_read" bigint NOT NULL,
	"bytes_total" bigint,
	"error" text,
	"started_at" timestamptz(3) NOT NULL,
	"heartbeat_at" timestamptz(3) NOT NULL,
	"finished_at" timestamptz(3),
	CONSTRAINT "ingests_workspace_id_ingest_pk" PRIMARY KEY("workspace_id","ingest")
);
--> statement-breakpoint
CREATE TABLE "link_decisions" (
	"workspace_id" text NOT NULL,
	"decision" bigint GENERATED ALWAYS AS IDENTITY (sequence name "link_decisions_decision_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"a" text NOT NULL,
	"b" text NOT NULL,
	"verdict" text NOT NULL,
	"reason" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	CONSTRAINT "link_decisions_workspace_id_decision_pk" PRIMARY KEY("workspace_id","decision")
);
--> statement-breakpoint
CREATE TABLE "link_facts" (
	"workspace_id" text NOT NULL,
	"ref" text NOT NULL,
	"facts" jsonb NOT NULL,
	CONSTRAINT "link_facts_workspace_id_ref_pk" PRIMARY KEY("workspace_id","ref")
);
--> statement-breakpoint
CREATE TABLE "records" (
	"workspace_id" text NOT NULL,
	"fingerprint" "bytea" NOT NULL,
	"segment" integer NOT NULL,
	"position" smallint NOT NULL,
	CONSTRAINT "records_workspace_id_fingerprint_pk" PRIMARY KEY("workspace_id","fingerprint")
);
--> statement-breakpoint
CREATE TABLE "rejected_records" (
	"workspace_id" text NOT NULL,
	"source" text NOT NULL,
	"sha256" "bytea" NOT NULL,
	"bytes" "bytea" NOT NULL,
	"record" bigint NOT NULL,
	"offset" bigint NOT NULL,
	"reason" text NOT NULL,
	"ingest" uuid NOT NULL,
	CONSTRAINT "rejected_records_workspace_id_source_sha256_pk" PRIMARY KEY("workspace_id","source","sha256")
);
--> statement-breakpoint
CREATE TABLE "segments" (
	"workspace_id" text NOT NULL,
	"segment" integer GENERATED ALWAYS AS IDENTITY (sequence name "segments_segment_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"source" text NOT NULL,
	"format" text NOT NULL,
	"ingest" uuid NOT NULL,
	"records" integer NOT NULL,
	"first_at" timestamptz(3) NOT NULL,
	"last_at" timestamptz(3) NOT NULL,
	"raw" "bytea" NOT NULL,
	"normal" "bytea" NOT NULL,
	"hashes" "bytea" NOT NULL,
	"refs" integer[] NOT NULL,
	CONSTRAINT "segments_workspace_id_segment_pk" PRIMARY KEY("workspace_id","segment")
);
--> statement-breakpoint
CREATE TABLE "source_mappings" (
	"workspace_id" text NOT NULL,
	"source" text NOT NULL,
	"mapping" jsonb NOT NULL,
	"set_at" timestamptz(3) NOT NULL,
	CONSTRAINT "source_mappings_workspace_id_source_pk" PRIMARY KEY("workspace_id","source")
);
--> statement-breakpoint
CREATE TABLE "sources" (
	"workspace_id" text NOT NULL,
	"source" text NOT NULL,
	"format" text NOT NULL,
	"customer" text,
	"created_at" timestamptz(3) NOT NULL,
	CONSTRAINT "sources_workspace_id_source_pk" PRIMARY KEY("workspace_id","source")
);
--> statement-breakpoint
CREATE TABLE "subject_refs" (
	"workspace_id" text NOT NULL,
	"ref" text NOT NULL,
	"position" smallint NOT NULL,
	"valid_from" timestamptz(3),
	"valid_to" timestamptz(3),
	"subject" text NOT NULL,
	"rule" text NOT NULL,
	CONSTRAINT "subject_refs_workspace_id_ref_position_pk" PRIMARY KEY("workspace_id","ref","position")
);
--> statement-breakpoint
CREATE TABLE "unknown_types" (
	"workspace_id" text NOT NULL,
	"source" text NOT NULL,
	"type" text NOT NULL,
	"records" bigint NOT NULL,
	CONSTRAINT "unknown_types_workspace_id_source_type_pk" PRIMARY KEY("workspace_id","source","type")
);
--> statement-breakpoint
CREATE TABLE "workspaces" (
	"workspace_id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"revision" bigint DEFAULT 0 NOT NULL,
	"sample_end" timestamptz(3),
	"sample_loaded" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "application_labels" (
	"workspace_id" text NOT NULL,
	"application" text NOT NULL,
	"label" text NOT NULL,
	"label_at" timestamptz(3) NOT NULL,
	CONSTRAINT "application_labels_workspace_id_application_pk" PRIMARY KEY("workspace_id","application")
);
--> statement-breakpoint
CREATE TABLE "subjects" (
	"workspace_id" text NOT NULL,
	"subject" text NOT NULL,
	"revision" bigint NOT NULL,
	"kind" text,
	"user_name" text,
	"display_name" text,
	"email" text,
	"inactive_from" timestamptz(3),
	"rows" "bytea" NOT NULL,
	CONSTRAINT "subjects_workspace_id_subject_pk" PRIMARY KEY("workspace_id","subject")
);
--> statement-breakpoint
CREATE INDEX "segments_by_ref" ON "segments" USING gin ("refs");--> statement-breakpoint
CREATE INDEX "subject_refs_by_subject" ON "subject_refs" USING btree ("workspace_id","subject");--> statement-breakpoint
CREATE INDEX "subjects_by_revision" ON "subjects" USING btree ("workspace_id","revision");
--> statement-breakpoint
-- Compressed already, or hashes: PostgreSQL need not try.
ALTER TABLE "segments" ALTER COLUMN "raw" SET STORAGE EXTERNAL, ALTER COLUMN "normal" SET STORAGE EXTERNAL, ALTER COLUMN "hashes" SET STORAGE EXTERNAL;
--> statement-breakpoint
ALTER TABLE "subjects" ALTER COLUMN "rows" SET STORAGE EXTERNAL;
