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
CREATE TABLE "workspaces" (
	"workspace_id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"revision" bigint DEFAULT 0 NOT NULL,
	"sample_end" timestamptz(3),
	"sample_loaded" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
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
	"provenance_event_id" text,
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
CREATE TABLE "drift" (
	"workspace_id" text NOT NULL,
	"subject" text NOT NULL,
	"position" integer NOT NULL,
	"application" text NOT NULL,
	"account" text NOT NULL,
	"entitlement" text NOT NULL,
	"kind" text NOT NULL,
	"moved_at" timestamptz(3),
	"change" text,
	"granted_at" timestamptz(3) NOT NULL,
	"removed_at" timestamptz(3),
	"provenance" text NOT NULL,
	"event_id" text NOT NULL,
	CONSTRAINT "drift_workspace_id_subject_position_pk" PRIMARY KEY("workspace_id","subject","position")
);
--> statement-breakpoint
CREATE TABLE "entitlements" (
	"workspace_id" text NOT NULL,
	"subject" text NOT NULL,
	"position" integer NOT NULL,
	"application" text NOT NULL,
	"account" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"provenance" text NOT NULL,
	"event_id" text NOT NULL,
	"granted_at" timestamptz(3) NOT NULL,
	"held_until" timestamptz(3),
	CONSTRAINT "entitlements_workspace_id_subject_position_pk" PRIMARY KEY("workspace_id","subject","position")
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
	"inactive_from" timestamptz(3),
	"department" text,
	"title" text,
	"manager" text,
	"first_seen" timestamptz(3) NOT NULL,
	"last_seen" timestamptz(3) NOT NULL,
	CONSTRAINT "identities_workspace_id_subject_position_pk" PRIMARY KEY("workspace_id","subject","position")
);
--> statement-breakpoint
CREATE TABLE "joiner_cases" (
	"workspace_id" text NOT NULL,
	"subject" text NOT NULL,
	"position" integer NOT NULL,
	"joined_at" timestamptz(3) NOT NULL,
	"start" text NOT NULL,
	CONSTRAINT "joiner_cases_workspace_id_subject_position_pk" PRIMARY KEY("workspace_id","subject","position")
);
--> statement-breakpoint
CREATE TABLE "joiner_steps" (
	"workspace_id" text NOT NULL,
	"subject" text NOT NULL,
	"position" integer NOT NULL,
	"joined_at" timestamptz(3) NOT NULL,
	"start" text NOT NULL,
	"application" text NOT NULL,
	"account" text NOT NULL,
	"account_user_name" text,
	"working_at" timestamptz(3),
	"left_at" timestamptz(3),
	"failing" boolean NOT NULL,
	"last_error" text,
	CONSTRAINT "joiner_steps_workspace_id_subject_position_pk" PRIMARY KEY("workspace_id","subject","position")
);
--> statement-breakpoint
CREATE TABLE "leaver_cases" (
	"workspace_id" text NOT NULL,
	"subject" text NOT NULL,
	"position" integer NOT NULL,
	"left_at" timestamptz(3) NOT NULL,
	"trigger" text NOT NULL,
	"source" text NOT NULL,
	"department" text,
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
	"source" text NOT NULL,
	"department" text,
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
CREATE TABLE "mover_steps" (
	"workspace_id" text NOT NULL,
	"subject" text NOT NULL,
	"position" integer NOT NULL,
	"moved_at" timestamptz(3) NOT NULL,
	"application" text NOT NULL,
	"account" text NOT NULL,
	"account_user_name" text,
	"carried_at" timestamptz(3),
	"failing" boolean NOT NULL,
	"last_error" text,
	CONSTRAINT "mover_steps_workspace_id_subject_position_pk" PRIMARY KEY("workspace_id","subject","position")
);
--> statement-breakpoint
CREATE TABLE "moves" (
	"workspace_id" text NOT NULL,
	"subject" text NOT NULL,
	"position" integer NOT NULL,
	"moved_at" timestamptz(3) NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"what" text NOT NULL,
	"value_before" text,
	"value_after" text,
	"event_id" text NOT NULL,
	CONSTRAINT "moves_workspace_id_subject_position_pk" PRIMARY KEY("workspace_id","subject","position")
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
CREATE INDEX "events_by_ref" ON "events" USING btree ("workspace_id","ref","at");--> statement-breakpoint
CREATE INDEX "events_by_time" ON "events" USING btree ("workspace_id","at");--> statement-breakpoint
CREATE INDEX "records_by_time" ON "records" USING btree ("workspace_id","first_at");--> statement-breakpoint
CREATE INDEX "subject_refs_by_subject" ON "subject_refs" USING btree ("workspace_id","subject");