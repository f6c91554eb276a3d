CREATE TABLE "saved_views" (
	"workspace_id" text NOT NULL,
	"view" uuid NOT NULL,
	"page" text NOT NULL,
	"name" text NOT NULL,
	"query" text NOT NULL,
	"member" uuid NOT NULL,
	"shared" boolean NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"deleted_at" timestamptz(3),
	CONSTRAINT "saved_views_workspace_id_view_pk" PRIMARY KEY("workspace_id","view")
);
--> statement-breakpoint
CREATE INDEX "saved_views_by_page" ON "saved_views" USING btree ("workspace_id","page");--> statement-breakpoint
ALTER TABLE "saved_views" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
-- A customer's connection sees none: a name or a filter can tell of other customers.
CREATE POLICY workspace ON "saved_views"
  USING (workspace_id = (SELECT rollcall_workspace()) AND (SELECT rollcall_customer()) IS NULL)
  WITH CHECK (workspace_id = (SELECT rollcall_workspace()) AND (SELECT rollcall_customer()) IS NULL);
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER audit_required AFTER INSERT OR UPDATE OR DELETE ON "saved_views"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_required();
