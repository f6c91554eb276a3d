CREATE TABLE "accounts" (
	"workspace_id" text NOT NULL,
	"subject" text NOT NULL,
	"position" integer NOT NULL,
	"application" text NOT NULL,
	"account" text NOT NULL,
	"user_name" text,
	"identity_known" boolean NOT NULL,
	"active" boolean NOT NULL,
	"provenance" text NOT NULL,
	"created_at" timestamptz(3),
	"first_seen" timestamptz(3) NOT NULL,
	"last_event_at" timestamptz(3) NOT NULL,
	"last_activity_at" timestamptz(3),
	"ended_at" timestamptz(3),
	"entitlements" jsonb NOT NULL,
	CONSTRAINT "accounts_workspace_id_subject_position_pk" PRIMARY KEY("workspace_id","subject","position")
);
--> statement-breakpoint
CREATE TABLE "coverage_facts" (
	"workspace_id" text NOT NULL,
	"subject" text NOT NULL,
	"position" integer NOT NULL,
	"application" text NOT NULL,
	"account" text,
	"capability" text NOT NULL,
	"kind" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"event_id" text NOT NULL,
	CONSTRAINT "coverage_facts_workspace_id_subject_position_pk" PRIMARY KEY("workspace_id","subject","position")
);
--> statement-breakpoint
CREATE TABLE "credentials" (
	"workspace_id" text NOT NULL,
	"subject" text NOT NULL,
	"position" integer NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"application" text NOT NULL,
	"owned" boolean NOT NULL,
	"created_at" timestamptz(3),
	"first_seen" timestamptz(3) NOT NULL,
	"revoked_at" timestamptz(3),
	"last_used_at" timestamptz(3),
	CONSTRAINT "credentials_workspace_id_subject_position_pk" PRIMARY KEY("workspace_id","subject","position")
);
--> statement-breakpoint
CREATE TABLE "dirty_refs" (
	"workspace_id" text NOT NULL,
	"ref" text NOT NULL,
	CONSTRAINT "dirty_refs_workspace_id_ref_pk" PRIMARY KEY("workspace_id","ref")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"workspace_id" text NOT NULL,
	"source" text NOT NULL,
	"fingerprint" "bytea" NOT NULL,
	"ordinal" smallint NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"ref" text,
	"normal" jsonb NOT NULL,
	CONSTRAINT "events_workspace_id_source_fingerprint_ordinal_pk" PRIMARY KEY("workspace_id","source","fingerprint","ordinal")
);
--> statement-breakpoint
CREATE TABLE "failure_items" (
	"workspace_id" text NOT NULL,
	"subject" text NOT NULL,
	"position" integer NOT NULL,
	"application" text NOT NULL,
	"account" text,
	"user_name" text,
	"entitlement" text,
	"connection" boolean NOT NULL,
	"operation" text NOT NULL,
	"error_class" text NOT NULL,
	"error_code" text,
	"http_status" integer,
	"message" text,
	"advice" text,
	"attempts" integer NOT NULL,
	"first_seen" timestamptz(3) NOT NULL,
	"last_seen" timestamptz(3) NOT NULL,
	"open_since" timestamptz(3),
	"resolved_at" timestamptz(3),
	CONSTRAINT "failure_items_workspace_id_subject_position_pk" PRIMARY KEY("workspace_id","subject","position")
);
--> statement-breakpoint
CREATE TABLE "identities" (
	"workspace_id" text NOT NULL,
	"subject" text NOT NULL,
	"position" integer NOT NULL,
	"kind" text NOT NULL,
	"user_name" text NOT NULL,
	"display_name" text,
	"email" text,
	"active" boolean NOT NULL,
	"department" text,
	"title" text,
	"manager" text,
	"first_seen" timestamptz(3) NOT NULL,
	"last_seen" timestamptz(3) NOT NULL,
	CONSTRAINT "identities_workspace_id_subject_position_pk" PRIMARY KEY("workspace_id","subject","position")
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
CREATE TABLE "leaver_cases" (
	"workspace_id" text NOT NULL,
	"subject" text NOT NULL,
	"position" integer NOT NULL,
	"left_at" timestamptz(3) NOT NULL,
	"trigger" text NOT NULL,
	"rehired_at" timestamptz(3),
	"access_first" timestamptz(3),
	"access_last" timestamptz(3),
	"access_count" integer NOT NULL,
	CONSTRAINT "leaver_cases_workspace_id_subject_position_pk" PRIMARY KEY("workspace_id","subject","position")
);
--> statement-breakpoint
CREATE TABLE "leaver_steps" (
	"workspace_id" text NOT NULL,
	"subject" text NOT NULL,
	"position" integer NOT NULL,
	"application" text NOT NULL,
	"account" text NOT NULL,
	"account_user_name" text,
	"left_at" timestamptz(3) NOT NULL,
	"trigger" text NOT NULL,
	"ended_at" timestamptz(3),
	"rehired_at" timestamptz(3),
	"failing" boolean NOT NULL,
	"last_error" text,
	"access_first" timestamptz(3),
	"access_last" timestamptz(3),
	"access_count" integer NOT NULL,
	CONSTRAINT "leaver_steps_workspace_id_subject_position_pk" PRIMARY KEY("workspace_id","subject","position")
);
--> statement-breakpoint
CREATE TABLE "link_facts" (
	"workspace_id" text NOT NULL,
	"ref" text NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"first" timestamptz(3) NOT NULL,
	CONSTRAINT "link_facts_workspace_id_ref_kind_value_pk" PRIMARY KEY("workspace_id","ref","kind","value")
);
--> statement-breakpoint
CREATE TABLE "records" (
	"workspace_id" text NOT NULL,
	"source" text NOT NULL,
	"fingerprint" "bytea" NOT NULL,
	"sha256" "bytea" NOT NULL,
	"format" text NOT NULL,
	"segment" bigint NOT NULL,
	"offset" integer NOT NULL,
	"length" integer NOT NULL,
	"first_at" timestamptz(3) NOT NULL,
	"ingest" uuid NOT NULL,
	CONSTRAINT "records_workspace_id_source_fingerprint_pk" PRIMARY KEY("workspace_id","source","fingerprint")
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
	"segment" bigint GENERATED ALWAYS AS IDENTITY (sequence name "segments_segment_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"encoding" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "segments_workspace_id_segment_pk" PRIMARY KEY("workspace_id","segment")
);
--> statement-breakpoint
CREATE TABLE "sightings" (
	"workspace_id" text NOT NULL,
	"subject" text NOT NULL,
	"position" integer NOT NULL,
	"application" text NOT NULL,
	"label" text NOT NULL,
	"label_at" timestamptz(3) NOT NULL,
	"provisioned" boolean NOT NULL,
	"last_sign_in_at" timestamptz(3),
	CONSTRAINT "sightings_workspace_id_subject_position_pk" PRIMARY KEY("workspace_id","subject","position")
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
CREATE TABLE "workspaces" (
	"workspace_id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"revision" bigint DEFAULT 0 NOT NULL,
	"sample_end" timestamptz(3),
	"sample_loaded" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE INDEX "events_by_ref" ON "events" USING btree ("workspace_id","ref","at");--> statement-breakpoint
CREATE INDEX "events_by_time" ON "events" USING btree ("workspace_id","at");--> statement-breakpoint
CREATE INDEX "records_by_time" ON "records" USING btree ("workspace_id","first_at");--> statement-breakpoint
CREATE INDEX "subject_refs_by_subject" ON "subject_refs" USING btree ("workspace_id","subject");