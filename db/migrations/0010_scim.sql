CREATE TABLE "scim_connections" (
	"workspace_id" text NOT NULL,
	"application" text NOT NULL,
	"label" text NOT NULL,
	"url" text NOT NULL,
	"token" "bytea" NOT NULL,
	"writes" boolean NOT NULL,
	"ending" text NOT NULL,
	"set_at" timestamptz(3) NOT NULL,
	"set_by" text NOT NULL,
	CONSTRAINT "scim_connections_workspace_id_application_pk" PRIMARY KEY("workspace_id","application")
);
--> statement-breakpoint
ALTER TABLE "scim_connections" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
-- A customer's connection sees none: they belong to the workspace.
CREATE POLICY workspace ON "scim_connections"
  USING (workspace_id = (SELECT rollcall_workspace()) AND (SELECT rollcall_customer()) IS NULL)
  WITH CHECK (workspace_id = (SELECT rollcall_workspace()) AND (SELECT rollcall_customer()) IS NULL);
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER audit_required AFTER INSERT OR UPDATE OR DELETE ON "scim_connections"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_required();
