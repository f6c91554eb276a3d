/** Browsers that are signed in, and the links that sign in. */
import type { Role } from "../../lib/auth/permissions.ts";
import type { Db, SqlSession } from "../client.ts";

/** Whoever comes in with a session, as their member is now. */
export interface SessionHolder {
  session: string;
  member: string;
  name: string;
  role: Role;
  customer: string | null;
  /** Milliseconds since 1970. */
  lastSeenAt: number;
  checkedAt: number;
  refreshToken: Uint8Array | null;
}

/** Who holds a session that is neither over nor revoked, and whose member is active; else null. */
export async function sessionHolder(
  db: Db,
  workspace: string,
  hash: Uint8Array,
): Promise<SessionHolder | null> {
  const [row] = await db.sql<SessionHolder[]>`
    select s.session, m.member, m.name, m.role, m.customer, s.refresh_token "refreshToken",
      extract(epoch from s.last_seen_at)::float8 * 1000 "lastSeenAt",
      extract(epoch from s.checked_at)::float8 * 1000 "checkedAt"
    from sessions s join members m using (workspace_id, member)
    where s.workspace_id = ${workspace} and s.hash = ${hash} and s.revoked_at is null and s.expires_at > now()
      and m.active and (m.ends_at is null or m.ends_at > now())`;
  return row ?? null;
}

export interface NewSession {
  session: string;
  member: string;
  hash: Uint8Array;
  expiresAt: number;
  address: string | null;
  agent: string | null;
  providerSession: string | null;
  refreshToken: Uint8Array | null;
}

export async function insertSession(sql: SqlSession, workspace: string, row: NewSession): Promise<void> {
  await sql`
    insert into sessions (workspace_id, session, member, hash, created_at, expires_at, last_seen_at, checked_at, address,
      agent, provider_session, refresh_token)
    values (${workspace}, ${row.session}, ${row.member}, ${row.hash}, now(), ${new Date(row.expiresAt).toISOString()},
      now(), now(), ${row.address}, ${row.agent}, ${row.providerSession}, ${row.refreshToken})`;
}

/** Notes that a session is in use. */
export async function touchSession(db: Db, workspace: string, session: string): Promise<void> {
  await db.sql`update sessions set last_seen_at = now() where workspace_id = ${workspace} and session = ${session}`;
}

/** A session that is not over, locked until the transaction ends. */
export async function lockSession(
  sql: SqlSession,
  workspace: string,
  session: string,
): Promise<{ checkedAt: number; refreshToken: Uint8Array | null } | null> {
  const [row] = await sql<{ checkedAt: number; refreshToken: Uint8Array | null }[]>`
    select extract(epoch from checked_at)::float8 * 1000 "checkedAt", refresh_token "refreshToken" from sessions
    where workspace_id = ${workspace} and session = ${session} and revoked_at is null for update`;
  return row ?? null;
}

/** Notes that the provider still lets them in, and the token with which it is asked next time. */
export async function noteChecked(
  sql: SqlSession,
  workspace: string,
  session: string,
  refreshToken: Uint8Array | null,
): Promise<void> {
  await sql`
    update sessions set checked_at = now(), refresh_token = ${refreshToken}
    where workspace_id = ${workspace} and session = ${session}`;
}

/** Which sessions to end: one, a member's, or those of a provider's own session. */
export type SessionChoice = { session: string } | { member: string } | { providerSession: string };

/** Ends sessions. @returns those that were not over before. */
export async function revokeSessions(
  sql: SqlSession,
  workspace: string,
  choice: SessionChoice,
): Promise<{ session: string; name: string }[]> {
  const chosen =
    "session" in choice
      ? sql`s.session = ${choice.session}`
      : "member" in choice
        ? sql`s.member = ${choice.member}`
        : sql`s.provider_session = ${choice.providerSession}`;
  return sql<{ session: string; name: string }[]>`
    update sessions s set revoked_at = now(), refresh_token = null from members m
    where s.workspace_id = ${workspace} and s.revoked_at is null and ${chosen}
      and m.workspace_id = s.workspace_id and m.member = s.member
    returning s.session, coalesce(m.email, m.name) name`;
}

export interface OpenSession {
  session: string;
  member: string;
  name: string;
  createdAt: string;
  lastSeenAt: string;
  expiresAt: string;
  address: string | null;
  agent: string | null;
}

/** Sessions that can still be used, those used last first. */
export async function readSessions(
  db: Db,
  workspace: string,
  member: string | null = null,
): Promise<OpenSession[]> {
  const rows = await db.sql<OpenSession[]>`
    select s.session, s.member, m.name, s.created_at "createdAt", s.last_seen_at "lastSeenAt", s.expires_at "expiresAt",
      s.address, s.agent
    from sessions s join members m using (workspace_id, member)
    where s.workspace_id = ${workspace} and s.revoked_at is null and s.expires_at > now() and m.active
      and (m.ends_at is null or m.ends_at > now()) and (${member}::uuid is null or s.member = ${member})
    order by s.last_seen_at desc, s.session limit 500`;
  const iso = (at: string) => new Date(at).toISOString();
  return rows.map((row) => ({
    ...row,
    createdAt: iso(row.createdAt),
    lastSeenAt: iso(row.lastSeenAt),
    expiresAt: iso(row.expiresAt),
  }));
}

/** When each member was last here, by all sessions that they ever had; who never came in is not in it. */
export async function readLastSeen(db: Db, workspace: string): Promise<Map<string, string>> {
  const rows = await db.sql<{ member: string; at: string }[]>`
    select member, max(last_seen_at) "at" from sessions where workspace_id = ${workspace} group by member`;
  return new Map(rows.map(({ member, at }) => [member, new Date(at).toISOString()]));
}

export async function insertLink(
  sql: SqlSession,
  workspace: string,
  link: { hash: Uint8Array; member: string; expiresAt: number },
): Promise<void> {
  await sql`
    insert into sign_in_links (workspace_id, hash, member, created_at, expires_at)
    values (${workspace}, ${link.hash}, ${link.member}, now(), ${new Date(link.expiresAt).toISOString()})`;
}

/** Uses a link up. @returns whose it is; null when it is unknown, over or used. */
export async function useLink(
  sql: SqlSession,
  workspace: string,
  hash: Uint8Array,
): Promise<{ member: string; name: string; role: Role; customer: string | null } | null> {
  const [row] = await sql<{ member: string; name: string; role: Role; customer: string | null }[]>`
    update sign_in_links l set used_at = now() from members m
    where l.workspace_id = ${workspace} and l.hash = ${hash} and l.used_at is null and l.expires_at > now()
      and m.workspace_id = l.workspace_id and m.member = l.member and m.active
      and (m.ends_at is null or m.ends_at > now())
    returning m.member, m.name, m.role, m.customer`;
  return row ?? null;
}
