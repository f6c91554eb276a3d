/** What the application's role may do: it owns nothing, and the log it can only add to. */
import { createHash } from "node:crypto";
import postgres from "postgres";
import { quoted } from "./catalog.ts";
import { type Access, connectAsOwner, type SqlSession } from "./client.ts";
import { hasScopeRoles } from "./distribution/scope-roles.ts";
import { waitForTurn } from "./migrate.ts";

/** Reading and adding; what stands there stays. */
const APPEND = "select, insert";
const KEEP = "select, insert, update";
const REPLACE = "select, insert, delete";
const ANY = "select, insert, update, delete";

/** By table. A table that is not named here can't be reached (db/access.db.test.ts asks for each). */
export const PRIVILEGES: Record<string, string> = {
  segments: APPEND,
  records: APPEND,
  rejected_records: APPEND,
  audit_entries: APPEND,
  link_decisions: APPEND,
  failure_decisions: APPEND,
  segment_leaves: APPEND,
  tree_heads: APPEND,
  workspaces: "select, update (revision, sample_end, sample_loaded, recounts)",
  sources: "select, insert, update (customer)",
  sealed_people: "select",
  withheld_records: "select",
  retention_rules: "select, insert, update (days, set_at, set_by)",
  privacy_requests: "select, insert",
  ingests: KEEP,
  unknown_types: KEEP,
  link_facts: KEEP,
  application_labels: KEEP,
  source_mappings: KEEP,
  members: KEEP,
  sessions: KEEP,
  sign_in_links: KEEP,
  api_tokens: KEEP,
  saved_views: KEEP,
  log_trees: KEEP,
  log_tiles: KEEP,
  event_hours: ANY,
  application_settings: ANY,
  ticket_webhooks: ANY,
  application_owners: ANY,
  reviews: ANY,
  review_items: ANY,
  scim_connections: ANY,
  conformance_schedules: ANY,
  conformance_turns: ANY,
  drill_settings: KEEP,
  drill_turns: KEEP,
  drills: ANY,
  scim_sources:
    "select, insert, update (hash, prefix, governs_members, last_used_at, last_record_at, revoked_at)",
  scim_resources: ANY,
  scim_members: REPLACE,
  push_sources: ANY,
  connectors: ANY,
  connector_work: ANY,
  alerts: ANY,
  alert_tellings: REPLACE,
  alert_channels: ANY,
  alert_channel_states: ANY,
  alert_settings: KEEP,
  alert_rounds: KEEP,
  unsequenced_segments: "select, delete",
  shares: "select, insert, update (revoked_at, views, downloads, last_used_at)",
  pack_schedules: ANY,
  packs: KEEP,
  dirty_refs: ANY,
  dirty_facts: ANY,
  subject_refs: REPLACE,
  subjects: REPLACE,
  subject_records: REPLACE,
  record_coverages: ANY,
  report_editions: ANY,
  report_blocks: ANY,
  report_wishes: ANY,
  report_builds: KEEP,
};

/** The database's role for the application can't be made or is too strong; the message says what to do. */
export class AccessError extends Error {
  override name = "AccessError";
}

const FUNCTIONS = [
  "ensure_log_months(date[])",
  "log_leaves(bigint, bigint)",
  "customer_reviews()",
  "queue_segments(integer[])",
  "refs_near(text[], text[], integer)",
  "rollcall_workspace()",
  "rollcall_customer()",
  "search_subjects(text, integer)",
  "segments_with_refs(integer[])",
  "segments_with_refs_since(integer[], integer)",
  "segments_among(text, integer[], integer[], integer, integer)",
  "workspace_exists(text)",
  "workspace_names()",
];

function grantsFor(role: string, database: string): string[] {
  return [
    `grant connect, temporary on database ${quoted(database)} to ${role}`,
    `grant usage on schema public to ${role}`,
    `revoke all on all tables in schema public from ${role}`,
    `grant usage on all sequences in schema public to ${role}`,
    `grant usage on schema drizzle to ${role}`,
    `grant select on drizzle.__drizzle_migrations to ${role}`,
    ...Object.entries(PRIVILEGES).map(([table, privileges]) => `grant ${privileges} on ${table} to ${role}`),
    ...FUNCTIONS.map((name) => `grant execute on function ${name} to ${role}`),
  ];
}

const codeOf = (error: unknown): string => (error instanceof postgres.PostgresError ? error.code : "");

/** Makes the role, or gives it the password again. */
async function ensureRole(sql: SqlSession, role: string, password: string): Promise<void> {
  const options = `login nosuperuser nobypassrls nocreatedb nocreaterole noinherit password '${password.replaceAll("'", "''")}'`;
  const [there] = await sql`select 1 from pg_roles where rolname = ${role}`;
  if (there !== undefined) return;
  await sql.unsafe(`create role ${quoted(role)} ${options}`).catch((error: unknown) => {
    // Another process of the same home was faster.
    if (["42710", "23505"].includes(codeOf(error))) return;
    if (codeOf(error) !== "42501") throw error;
    throw new AccessError(
      "The user of DATABASE_URL may not make a role for the application. Make one (create role rollcall_app login password '…') and name it in DATABASE_APP_URL, or give the user CREATEROLE.",
    );
  });
}

/** @throws {AccessError} when row-level security would not bind the role. */
async function checkRole(sql: SqlSession, role: string): Promise<void> {
  const [found] = await sql<{ strong: boolean; owner: boolean }[]>`
    select rolsuper or rolbypassrls strong,
      exists(select from pg_tables where schemaname = 'public' and pg_has_role(r.oid, tableowner, 'member')) as owner
    from pg_roles r where rolname = ${role}`;
  if (found === undefined) throw new AccessError(`There is no role "${role}", which DATABASE_APP_URL names.`);
  if (found.strong || found.owner) {
    throw new AccessError(
      `The role "${role}" ${found.strong ? "is a superuser or bypasses row-level security" : "owns the tables or is a member of their owner"}, so nothing would keep workspaces apart. Name another in DATABASE_APP_URL.`,
    );
  }
}

/**
 * Lets the application in: its role with its privileges, and the key of scopes.
 * @param ownerUrl of the database, migrated, as its owner.
 * @param role either the address of a role that somebody made, or a secret of this installation from which a role of its
 *   own and its password are made.
 * @throws {AccessError}
 */
export async function openAccess(
  ownerUrl: string,
  role: { appUrl: string } | { secret: string },
): Promise<Access> {
  const url = new URL("appUrl" in role ? role.appUrl : ownerUrl);
  if ("secret" in role) {
    const derived = (what: string) => createHash("sha256").update(`${what}\0${role.secret}`).digest("hex");
    url.username = `rollcall_${derived("role").slice(0, 12)}`;
    url.password = derived("password");
  }
  const name = decodeURIComponent(url.username);
  const owner = connectAsOwner(ownerUrl);
  try {
    if ("secret" in role) await ensureRole(owner.sql, name, url.password);
    await checkRole(owner.sql, name);
    const scopeRoles = await hasScopeRoles(owner.sql);
    await owner.sql.begin(async (sql) => {
      // Grants of two processes at once on one table would fail.
      await waitForTurn(sql, "transaction");
      const [database] = await sql<[{ name: string }]>`select current_database() name`;
      for (const grant of grantsFor(quoted(name), database.name)) await sql.unsafe(grant);
      // Where each scope has a role of its own, this one may ask for it.
      if (scopeRoles) await sql.unsafe(`grant execute on function rollcall_open_scope() to ${quoted(name)}`);
    });
    const [row] = await owner.sql<{ key: Uint8Array }[]>`select key from scope_keys`;
    if (row === undefined)
      throw new AccessError("The database has no key of scopes; restore it from a backup.");
    return { url: url.href, key: row.key, scopeRoles };
  } finally {
    await owner.close();
  }
}
