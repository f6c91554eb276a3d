CREATE TABLE "application_owners" (
	"workspace_id" text NOT NULL,
	"application" text NOT NULL,
	"label" text NOT NULL,
	"member" uuid NOT NULL,
	"set_at" timestamptz(3) NOT NULL,
	"set_by" text NOT NULL,
	CONSTRAINT "application_owners_workspace_id_application_pk" PRIMARY KEY("workspace_id","application")
);
--> statement-breakpoint
CREATE TABLE "review_items" (
	"workspace_id" text NOT NULL,
	"review" uuid NOT NULL,
	"item" text NOT NULL,
	"place" integer NOT NULL,
	"state" jsonb NOT NULL,
	"changed" bigint NOT NULL,
	CONSTRAINT "review_items_workspace_id_review_item_pk" PRIMARY KEY("workspace_id","review","item")
);
--> statement-breakpoint
CREATE TABLE "reviews" (
	"workspace_id" text NOT NULL,
	"review" uuid NOT NULL,
	"state" jsonb NOT NULL,
	"changed" bigint NOT NULL,
	CONSTRAINT "reviews_workspace_id_review_pk" PRIMARY KEY("workspace_id","review")
);
--> statement-breakpoint
CREATE INDEX "review_items_by_change" ON "review_items" USING btree ("workspace_id","review","changed");--> statement-breakpoint
CREATE INDEX "review_items_by_item" ON "review_items" USING btree ("workspace_id","item");--> statement-breakpoint
-- Numbers the changes of reviews in the order in which they are committed.
CREATE SEQUENCE "review_changes";
--> statement-breakpoint
-- A customer's connection sees none of it: reviews are the workspace's own.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['reviews', 'review_items', 'application_owners'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY workspace ON %I
      USING (workspace_id = (SELECT rollcall_workspace()) AND (SELECT rollcall_customer()) IS NULL)
      WITH CHECK (workspace_id = (SELECT rollcall_workspace()) AND (SELECT rollcall_customer()) IS NULL)', name);
    EXECUTE format('CREATE CONSTRAINT TRIGGER audit_required AFTER INSERT OR UPDATE OR DELETE ON %I
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_required()', name);
  END LOOP;
END $$;
