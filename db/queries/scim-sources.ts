/** Sources that come in through the SCIM endpoint, and the tokens that they come in with. */
import type { Db, SqlSession } from "../client.ts";

/** Whoever provisions with a token. */
export interface ScimSource {
  source: string;
  customer: string | null;
  governsMembers: boolean;
  ingest: string;
  lastUsedAt: number | null;
}

/** A source as people see it: without what would let anybody in. */
export interface ScimSourceRow {
  source: string;
  customer: string | null;
  governsMembers: boolean;
  prefix: string;
  createdAt: string;
  createdBy: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
  users: number;
  groups: number;
}

/** Whose a token is; null when nobody's who may come in. */
export async function scimSourceOf(db: Db, workspace: string, hash: Uint8Array): Promise<ScimSource | null> {
  const [row] = await db.sql<ScimSource[]>`
    select c.source, s.customer, c.governs_members "governsMembers", c.ingest,
      extract(epoch from c.last_used_at)::float8 * 1000 "lastUsedAt"
    from scim_sources c join sources s using (workspace_id, source)
    where c.workspace_id = ${workspace} and c.hash = ${hash} and c.revoked_at is null`;
  return row ?? null;
}

/** Notes that a token is in use. */
export async function touchScimSource(db: Db, workspace: string, source: string): Promise<void> {
  await db.sql`update scim_sources set last_used_at = now() where workspace_id = ${workspace} and source = ${source}`;
}

/** @returns false when there is one of that name. */
export async function insertScimSource(
  sql: SqlSession,
  workspace: string,
  row: {
    source: string;
    hash: Uint8Array;
    prefix: string;
    governsMembers: boolean;
    ingest: string;
    createdBy: string;
  },
): Promise<boolean> {
  const made = await sql`
    insert into scim_sources (workspace_id, source, hash, prefix, governs_members, ingest, created_at, created_by)
    values (${workspace}, ${row.source}, ${row.hash}, ${row.prefix}, ${row.governsMembers}, ${row.ingest}, now(), ${row.createdBy})
    on conflict do nothing`;
  return made.count > 0;
}

/** Gives a source another token; the one before lets nobody in any more. @returns false when there is no such source. */
export async function renewScimToken(
  sql: SqlSession,
  workspace: string,
  source: string,
  { hash, prefix }: { hash: Uint8Array; prefix: string },
): Promise<boolean> {
  const changed = await sql`
    update scim_sources set hash = ${hash}, prefix = ${prefix}, revoked_at = null
    where workspace_id = ${workspace} and source = ${source}`;
  return changed.count > 0;
}

/** Ends a source's token. @returns false when there is none that could be used. */
export async function revokeScimToken(sql: SqlSession, workspace: string, source: string): Promise<boolean> {
  const changed = await sql`
    update scim_sources set revoked_at = now()
    where workspace_id = ${workspace} and source = ${source} and revoked_at is null`;
  return changed.count > 0;
}

/** All, by name. */
export async function readScimSources(sql: SqlSession, workspace: string): Promise<ScimSourceRow[]> {
  const rows = await sql<ScimSourceRow[]>`
    select c.source, s.customer, c.governs_members "governsMembers", c.prefix, c.created_at "createdAt",
      c.created_by "createdBy", c.last_used_at "lastUsedAt", c.revoked_at "revokedAt",
      (select count(*)::int from scim_resources r
        where (r.workspace_id, r.source, r.type) = (${workspace}, c.source, 'User')) users,
      (select count(*)::int from scim_resources r
        where (r.workspace_id, r.source, r.type) = (${workspace}, c.source, 'Group')) "groups"
    from scim_sources c join sources s using (workspace_id, source)
    where c.workspace_id = ${workspace} order by c.source collate "C"`;
  const iso = (at: string | null) => (at === null ? null : new Date(at).toISOString());
  return rows.map((row) => ({
    ...row,
    createdAt: new Date(row.createdAt).toISOString(),
    lastUsedAt: iso(row.lastUsedAt),
    revokedAt: iso(row.revokedAt),
  }));
}

/**
 * The time of a source's next record, in milliseconds: now, or just behind the record before.
 * Called by whoever holds the source's lock, so that records have the order in which they were written.
 */
export async function nextRecordTime(sql: SqlSession, workspace: string, source: string): Promise<number> {
  // Asked apart: what changes a row may not call the clock where the table is distributed.
  const [clock] = await sql<
    [{ now: string }]
  >`select date_trunc('milliseconds', clock_timestamp())::text now`;
  const [row] = await sql<{ at: number }[]>`
    update scim_sources set last_record_at = greatest(${clock.now}::timestamptz, last_record_at + interval '1 millisecond')
    where workspace_id = ${workspace} and source = ${source}
    returning round(extract(epoch from last_record_at)::float8 * 1000)::float8 at`;
  if (row === undefined) throw new Error(`There is no SCIM source "${source}".`);
  return row.at;
}
