CREATE TABLE "dirty_facts" (
	"workspace_id" text NOT NULL,
	"ref" text NOT NULL,
	CONSTRAINT "dirty_facts_workspace_id_ref_pk" PRIMARY KEY("workspace_id","ref")
);
--> statement-breakpoint
-- A customer's connection sees none, as of the refs that wait.
ALTER TABLE "dirty_facts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY workspace ON "dirty_facts"
  USING (workspace_id = (SELECT rollcall_workspace()) AND (SELECT rollcall_customer()) IS NULL)
  WITH CHECK (workspace_id = (SELECT rollcall_workspace()) AND (SELECT rollcall_customer()) IS NULL);--> statement-breakpoint
-- Who is tied to whom, looked up by what they say (kind and value) or by the last part of their refs; one that is both comes
-- twice. Row-level security keeps `?|` from using an index, since that operator is not declared to leak nothing: asked here, it
-- is. Of a limited number of rows PostgreSQL would hope to meet them early, ref by ref.
CREATE FUNCTION refs_near(sayings text[], ends text[], most integer) RETURNS TABLE (ref text, facts jsonb) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_indexscan = off AS $$
DECLARE
  own text := public.rollcall_workspace();
BEGIN
  IF public.rollcall_customer() IS NOT NULL THEN RETURN; END IF;
  RETURN QUERY SELECT l.ref, l.facts FROM public.link_facts l WHERE l.workspace_id = own AND l.facts ?| sayings LIMIT most;
  RETURN QUERY SELECT l.ref, l.facts FROM public.link_facts l
    WHERE l.workspace_id = own AND substr(l.ref, strpos(substr(l.ref, 3), ':') + 3) = ANY (ends) LIMIT most;
END $$;
