CREATE TABLE "pack_schedules" (
	"workspace_id" text NOT NULL,
	"schedule" uuid NOT NULL,
	"every" text NOT NULL,
	"customer" text,
	"application" text,
	"keep" integer NOT NULL,
	"set_at" timestamptz(3) NOT NULL,
	"set_by" text NOT NULL,
	CONSTRAINT "pack_schedules_workspace_id_schedule_pk" PRIMARY KEY("workspace_id","schedule")
);
--> statement-breakpoint
CREATE TABLE "packs" (
	"workspace_id" text NOT NULL,
	"pack" uuid NOT NULL,
	"schedule" uuid NOT NULL,
	"every" text NOT NULL,
	"customer" text,
	"application" text,
	"period_from" timestamptz(3) NOT NULL,
	"as_of" timestamptz(3) NOT NULL,
	"name" text NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"error" text,
	"next_try_at" timestamptz(3),
	"made_at" timestamptz(3),
	"bytes" bigint,
	"sha256" "bytea",
	"deleted_at" timestamptz(3),
	CONSTRAINT "packs_workspace_id_pack_pk" PRIMARY KEY("workspace_id","pack")
);
--> statement-breakpoint
CREATE TABLE "shares" (
	"workspace_id" text NOT NULL,
	"share" uuid NOT NULL,
	"label" text NOT NULL,
	"customer" text,
	"hash" "bytea" NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"created_by" text NOT NULL,
	"expires_at" timestamptz(3) NOT NULL,
	"revoked_at" timestamptz(3),
	"views" integer DEFAULT 0 NOT NULL,
	"downloads" integer DEFAULT 0 NOT NULL,
	"last_used_at" timestamptz(3),
	CONSTRAINT "shares_workspace_id_share_pk" PRIMARY KEY("workspace_id","share")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "pack_schedules_by_scope" ON "pack_schedules" USING btree ("workspace_id",coalesce("customer", ''),coalesce("application", ''));--> statement-breakpoint
CREATE UNIQUE INDEX "packs_by_period" ON "packs" USING btree ("workspace_id","schedule","as_of");--> statement-breakpoint
CREATE UNIQUE INDEX "shares_by_hash" ON "shares" USING btree ("workspace_id","hash");--> statement-breakpoint
-- A customer's connection sees no share, not even its own: shares belong to the workspace, which alone makes and counts them.
ALTER TABLE "shares" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY workspace ON "shares"
  USING (workspace_id = (SELECT rollcall_workspace()) AND (SELECT rollcall_customer()) IS NULL)
  WITH CHECK (workspace_id = (SELECT rollcall_workspace()) AND (SELECT rollcall_customer()) IS NULL);
--> statement-breakpoint
-- Each view counts, and each has its entry in the audit log: so every change of a row needs one.
CREATE CONSTRAINT TRIGGER audit_required AFTER INSERT OR UPDATE OR DELETE ON "shares"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_required();
--> statement-breakpoint
-- Of schedules and packs a customer's connection sees those of that customer, and changes none.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['pack_schedules', 'packs'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY workspace ON %I
      USING (workspace_id = (SELECT rollcall_workspace())
        AND ((SELECT rollcall_customer()) IS NULL OR customer = (SELECT rollcall_customer())))
      WITH CHECK (workspace_id = (SELECT rollcall_workspace()) AND (SELECT rollcall_customer()) IS NULL)', name);
    EXECUTE format('CREATE CONSTRAINT TRIGGER audit_required AFTER INSERT OR UPDATE OR DELETE ON %I
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_required()', name);
  END LOOP;
END $$;
--> statement-breakpoint
-- Access reviews of the customer that a connection is for, which sees nothing of the tables behind them. They hold what the
-- customer has no business with (reviewers and their e-mails, reasons, items of other customers), so this gives of a review
-- of that customer alone its name, its dates and of each item no more than says how it stands; whether a revoke was done is
-- told by the customer's own records. A review of several customers has neither its name, which may tell of the others, nor
-- items, of which none says whose it is: only that there is one. To a connection of the whole workspace it gives nothing.
CREATE FUNCTION customer_reviews() RETURNS TABLE (review uuid, alone boolean, name text, state text, opened_at text, due_at text,
  ended_at text, closed_at text, items jsonb) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  own_workspace text := public.rollcall_workspace();
  own_customer text := public.rollcall_customer();
BEGIN
  IF own_workspace IS NULL OR own_customer IS NULL THEN RETURN; END IF;
  RETURN QUERY
    SELECT r.review, of_one.alone,
      CASE WHEN of_one.alone THEN r.state #>> '{opened,input,name}' END, r.state ->> 'state', r.state ->> 'openedAt',
      r.state #>> '{opened,input,dueAt}', r.state ->> 'endedAt', r.state ->> 'closedAt',
      CASE WHEN of_one.alone THEN (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
          'kind', i.state #> '{frozen,kind}', 'application', i.state #> '{frozen,application}', 'account', i.state #> '{frozen,account}',
          'decision', i.state #> '{first,decision}', 'remove', i.state #> '{first,remove}', 'second', i.state #> '{second,decision}',
          'exemptUntil', i.state #> '{exemption,until}') ORDER BY i.place), '[]')
        FROM public.review_items i WHERE i.workspace_id = r.workspace_id AND i.review = r.review) END
    FROM public.reviews r
    CROSS JOIN LATERAL (SELECT jsonb_array_length(r.state #> '{opened,input,scope,customers}') = 1) of_one(alone)
    WHERE r.workspace_id = own_workspace AND (r.state #> '{opened,input,scope,customers}') ? own_customer
    ORDER BY r.state ->> 'openedAt' DESC, r.review;
END $$;
