CREATE TABLE "scim_members" (
	"workspace_id" text NOT NULL,
	"source" text NOT NULL,
	"team" uuid NOT NULL,
	"member" uuid NOT NULL,
	CONSTRAINT "scim_members_workspace_id_source_team_member_pk" PRIMARY KEY("workspace_id","source","team","member")
);
--> statement-breakpoint
CREATE TABLE "scim_resources" (
	"workspace_id" text NOT NULL,
	"source" text NOT NULL,
	"resource" uuid NOT NULL,
	"type" text NOT NULL,
	"position" bigint GENERATED ALWAYS AS IDENTITY (sequence name "scim_resources_position_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"version" integer NOT NULL,
	"user_name" text,
	"display_name" text,
	"external_id" text,
	"data" jsonb NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"changed_at" timestamptz(3) NOT NULL,
	CONSTRAINT "scim_resources_workspace_id_source_resource_pk" PRIMARY KEY("workspace_id","source","resource")
);
--> statement-breakpoint
CREATE TABLE "scim_sources" (
	"workspace_id" text NOT NULL,
	"source" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"prefix" text NOT NULL,
	"governs_members" boolean NOT NULL,
	"ingest" uuid NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"created_by" text NOT NULL,
	"last_used_at" timestamptz(3),
	"last_record_at" timestamptz(3),
	"revoked_at" timestamptz(3),
	CONSTRAINT "scim_sources_workspace_id_source_pk" PRIMARY KEY("workspace_id","source")
);
--> statement-breakpoint
CREATE INDEX "scim_members_by_member" ON "scim_members" USING btree ("workspace_id","source","member");--> statement-breakpoint
CREATE UNIQUE INDEX "scim_resources_by_user_name" ON "scim_resources" USING btree ("workspace_id","source","user_name");--> statement-breakpoint
CREATE INDEX "scim_resources_by_position" ON "scim_resources" USING btree ("workspace_id","source","type","position");--> statement-breakpoint
CREATE INDEX "scim_resources_by_external_id" ON "scim_resources" USING btree ("workspace_id","source","external_id");--> statement-breakpoint
CREATE INDEX "scim_resources_by_display_name" ON "scim_resources" USING btree ("workspace_id","source","display_name");--> statement-breakpoint
CREATE UNIQUE INDEX "scim_sources_by_hash" ON "scim_sources" USING btree ("workspace_id","hash");
--> statement-breakpoint
-- A customer's connection sees none: who provisions belongs to the workspace, and what came of it stands in the log.
DO $$
DECLARE
  name text;
  own constant text := 'workspace_id = (SELECT rollcall_workspace()) AND (SELECT rollcall_customer()) IS NULL';
BEGIN
  FOREACH name IN ARRAY ARRAY['scim_sources', 'scim_resources', 'scim_members'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY workspace ON %I USING (%s) WITH CHECK (%s)', name, own, own);
  END LOOP;
END $$;
--> statement-breakpoint
-- Machines move the times of the last use and of the newest record; all else is decided.
CREATE CONSTRAINT TRIGGER audit_required AFTER INSERT OR DELETE ON "scim_sources"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_required();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER audit_required_on_change AFTER UPDATE ON "scim_sources"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD.source, OLD.hash, OLD.prefix, OLD.governs_members, OLD.ingest, OLD.revoked_at)
    IS DISTINCT FROM (NEW.source, NEW.hash, NEW.prefix, NEW.governs_members, NEW.ingest, NEW.revoked_at))
  EXECUTE FUNCTION audit_required();
