/**
 * A role for each scope, for a database with more than one machine. The settings of a connection that say for whom it is end
 * at the coordinator: a node sees only which role comes. So there the scope is the role's: its name is made of workspace and
 * customer, its settings (`alter role … set`, which the coordinator hands on) say them in clear, and each node compares the
 * two. Whoever sets the settings to another scope's has the wrong name, and sees nothing.
 */
import { createHash } from "node:crypto";
import type { ISql } from "postgres";

/** How the names of scopes' roles begin. */
export const SCOPE_ROLE_PREFIX = "rollcall_scope_";

/** The name of a scope's role: as rollcall_scope_role() makes it. Roles are of all databases of a server, so it names its own. */
export function scopeRole(database: string, workspace: string, customer: string): string {
  const hash = createHash("sha256").update([database, workspace, customer].join("\x1f")).digest("hex");
  return `${SCOPE_ROLE_PREFIX}${hash.slice(0, 40)}`;
}

const NAME = `
CREATE OR REPLACE FUNCTION rollcall_scope_role(workspace text, customer text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog AS $$
  SELECT '${SCOPE_ROLE_PREFIX}' || left(encode(sha256(convert_to(
    current_database() || E'\\x1f' || workspace || E'\\x1f' || coalesce(customer, ''), 'UTF8')), 'hex'), 40)
$$`;

/** Asks the role where a scope's own role comes, and else for the proof, as everywhere: that the coordinator alone is asked for. */
const WORKSPACE = `
CREATE OR REPLACE FUNCTION rollcall_workspace() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog AS $$
DECLARE
  workspace text := nullif(current_setting('rollcall.workspace', true), '');
  customer text := coalesce(current_setting('rollcall.customer', true), '');
  message bytea;
  secret bytea;
BEGIN
  IF workspace IS NULL THEN RETURN NULL; END IF;
  IF starts_with(session_user, '${SCOPE_ROLE_PREFIX}') THEN
    RETURN CASE WHEN session_user = public.rollcall_scope_role(workspace, customer) THEN workspace END;
  END IF;
  message := convert_to(workspace || E'\\x1f' || customer, 'UTF8');
  SELECT key INTO secret FROM public.scope_keys LIMIT 1;
  IF current_setting('rollcall.proof', true) = encode(sha256(secret || sha256(secret || message)), 'hex') THEN
    RETURN workspace;
  END IF;
  RETURN NULL;
END $$`;

/** Makes the role of the scope that the connection has proved, or puts it right again; the proof is its password. */
const OPEN = `
CREATE OR REPLACE FUNCTION rollcall_open_scope() RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  workspace text := public.rollcall_workspace();
  customer text := coalesce(current_setting('rollcall.customer', true), '');
  role text;
BEGIN
  IF workspace IS NULL OR starts_with(session_user, '${SCOPE_ROLE_PREFIX}') THEN
    RAISE EXCEPTION 'no scope was proved' USING ERRCODE = 'insufficient_privilege';
  END IF;
  role := public.rollcall_scope_role(workspace, customer);
  -- One at a time: two that set one role's settings at once would fail.
  PERFORM pg_advisory_xact_lock(hashtextextended(role, 0));
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
    EXECUTE format('CREATE ROLE %I LOGIN INHERIT NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE', role);
  END IF;
  EXECUTE format('ALTER ROLE %I PASSWORD %L', role, current_setting('rollcall.proof'));
  EXECUTE format('GRANT %I TO %I', session_user, role);
  EXECUTE format('ALTER ROLE %I SET rollcall.workspace = %L', role, workspace);
  EXECUTE format('ALTER ROLE %I SET rollcall.customer = %L', role, customer);
  RETURN role;
END $$`;

/** What makes a database know roles of scopes; may run again. */
export const SCOPE_ROLES: readonly string[] = [
  NAME,
  WORKSPACE,
  OPEN,
  "REVOKE ALL ON FUNCTION rollcall_open_scope() FROM PUBLIC",
];

/** Whether the database was made to know them. */
export async function hasScopeRoles(sql: ISql<Record<never, never>>): Promise<boolean> {
  const [row] = await sql<
    [{ there: boolean }]
  >`select to_regproc('rollcall_open_scope') is not null as there`;
  return row.there;
}
