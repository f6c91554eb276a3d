-- Each connection of the application says for which workspace it is, and perhaps for which customer, and proves that it may:
-- rollcall.workspace, rollcall.customer and rollcall.proof (db/scope.ts). Without them no row is there. The key behind the
-- proof can be read by the owner alone, so that a statement smuggled into one workspace's connection can't name another.
CREATE TABLE "scope_keys" ("key" bytea NOT NULL);
--> statement-breakpoint
ALTER TABLE "scope_keys" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
INSERT INTO "scope_keys" VALUES (sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')));
--> statement-breakpoint
CREATE FUNCTION rollcall_workspace() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  workspace text := nullif(current_setting('rollcall.workspace', true), '');
  message bytea := convert_to(workspace || E'\x1f' || coalesce(current_setting('rollcall.customer', true), ''), 'UTF8');
  secret bytea;
BEGIN
  IF workspace IS NULL THEN RETURN NULL; END IF;
  SELECT key INTO secret FROM public.scope_keys LIMIT 1;
  IF current_setting('rollcall.proof', true) = encode(sha256(secret || sha256(secret || message)), 'hex') THEN
    RETURN workspace;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION rollcall_customer() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT nullif(current_setting('rollcall.customer', true), '')
$$;
--> statement-breakpoint
-- Whether there is a workspace of a name that came with a request: before a connection is opened for it.
CREATE FUNCTION workspace_exists(name text) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  RETURN EXISTS (SELECT FROM public.workspaces WHERE workspace_id = name);
END $$;
--> statement-breakpoint
-- All workspaces, for what runs over each: a logout at the provider, a job.
CREATE FUNCTION workspace_names() RETURNS SETOF text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  RETURN QUERY SELECT workspace_id FROM public.workspaces ORDER BY 1;
END $$;
--> statement-breakpoint
-- Row-level security keeps `&&` from using an index, since that operator is not declared to leak nothing: asked here, it is.
CREATE FUNCTION segments_with_refs(wanted integer[]) RETURNS SETOF integer LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog AS $$
DECLARE
  own text := public.rollcall_workspace();
BEGIN
  RETURN QUERY SELECT s.segment FROM public.segments s WHERE s.workspace_id = own AND s.refs && wanted ORDER BY s.segment;
END $$;
--> statement-breakpoint
-- What people decide stands only with its entry in the audit log, written in the same transaction.
CREATE FUNCTION audit_required() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM public.audit_entries a
      WHERE a.workspace_id = coalesce(NEW.workspace_id, OLD.workspace_id) AND a.tx = pg_current_xact_id()) THEN
    RAISE EXCEPTION 'a change of % without an entry in the audit log', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
DO $$
DECLARE
  name text;
  everything constant text := 'workspace_id = (SELECT rollcall_workspace())';
  no_customer constant text := '(SELECT rollcall_customer()) IS NULL';
BEGIN
  -- A customer's connection sees its own sources and what came from them, the workspace and its settings; else nothing.
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'scope_keys' LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY workspace ON %I USING (%s) WITH CHECK (%s AND %s)', name, everything || CASE
      WHEN name IN ('workspaces', 'application_settings') THEN ''
      WHEN name = 'sources' THEN format(' AND (%s OR customer = (SELECT rollcall_customer()))', no_customer)
      WHEN name IN ('segments', 'event_hours', 'rejected_records', 'unknown_types', 'source_mappings') THEN
        format(' AND (%s OR source IN (SELECT s.source FROM sources s))', no_customer)
      WHEN name = 'ingests' THEN format(
        ' AND (%s OR (source <> '''' AND NOT EXISTS (SELECT FROM unnest(string_to_array(source, ''+'')) own
          WHERE own NOT IN (SELECT s.source FROM sources s))))', no_customer)
      WHEN name = 'records' THEN format(
        ' AND (%s OR EXISTS (SELECT FROM segments s WHERE s.workspace_id = records.workspace_id AND s.segment = records.segment))',
        no_customer)
      WHEN name = 'link_decisions' THEN format(
        ' AND (%s OR ((a LIKE ''p:%%'' OR b LIKE ''p:%%'')
          AND (a NOT LIKE ''p:%%'' OR split_part(a, '':'', 2) IN (SELECT s.source FROM sources s))
          AND (b NOT LIKE ''p:%%'' OR split_part(b, '':'', 2) IN (SELECT s.source FROM sources s))))', no_customer)
      ELSE ' AND ' || no_customer
    END, everything, CASE WHEN name = 'audit_entries' THEN 'true' ELSE no_customer END);
  END LOOP;
  -- Tables in which people's decisions stand.
  FOREACH name IN ARRAY ARRAY['members', 'sign_in_links', 'link_decisions', 'application_settings',
      'source_mappings'] LOOP
    EXECUTE format('CREATE CONSTRAINT TRIGGER audit_required AFTER INSERT OR UPDATE OR DELETE ON %I
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_required()', name);
  END LOOP;
END $$;
--> statement-breakpoint
-- Machines move what follows: the progress of an ingest, the last use of a session or a token.
CREATE CONSTRAINT TRIGGER audit_required AFTER INSERT ON ingests
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_required();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER audit_required AFTER INSERT ON sessions
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_required();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER audit_required_on_end AFTER UPDATE OF revoked_at ON sessions
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.revoked_at IS DISTINCT FROM NEW.revoked_at) EXECUTE FUNCTION audit_required();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER audit_required AFTER INSERT OR DELETE ON api_tokens
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_required();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER audit_required_on_change AFTER UPDATE ON api_tokens
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD.name, OLD.member, OLD.hash, OLD.scopes, OLD.expires_at, OLD.revoked_at)
    IS DISTINCT FROM (NEW.name, NEW.member, NEW.hash, NEW.scopes, NEW.expires_at, NEW.revoked_at))
  EXECUTE FUNCTION audit_required();
