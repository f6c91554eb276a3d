/** API tokens: what programs come in with. */
import type { Role, Scope } from "../../lib/auth/permissions.ts";
import type { Db, SqlSession } from "../client.ts";

/** Whoever comes in with a token, and the member whose it is, as that one is now. */
export interface TokenHolder {
  token: string;
  name: string;
  scopes: Scope[];
  /** The one source into which it may ingest; null: any. */
  source: string | null;
  member: string;
  role: Role;
  customer: string | null;
  lastUsedAt: number | null;
}

/** Who holds a token that is neither over nor revoked, and whose member is active; else null. */
export async function tokenHolder(db: Db, workspace: string, hash: Uint8Array): Promise<TokenHolder | null> {
  const [row] = await db.sql<TokenHolder[]>`
    select t.token, t.name, t.scopes, t.source, m.member, m.role, m.customer,
      extract(epoch from t.last_used_at)::float8 * 1000 "lastUsedAt"
    from api_tokens t join members m using (workspace_id, member)
    where t.workspace_id = ${workspace} and t.hash = ${hash} and t.revoked_at is null and t.expires_at > now()
      and m.active and (m.ends_at is null or m.ends_at > now())`;
  return row ?? null;
}

export interface NewToken {
  token: string;
  name: string;
  member: string;
  hash: Uint8Array;
  prefix: string;
  scopes: readonly Scope[];
  source: string | null;
  expiresAt: number;
}

export async function insertToken(sql: SqlSession, workspace: string, row: NewToken): Promise<void> {
  await sql`
    insert into api_tokens (workspace_id, token, name, member, hash, prefix, scopes, source, created_at, expires_at)
    values (${workspace}, ${row.token}, ${row.name}, ${row.member}, ${row.hash}, ${row.prefix},
      ${[...row.scopes]}::text[], ${row.source}, now(), ${new Date(row.expiresAt).toISOString()})`;
}

/** Notes that a token is in use. */
export async function touchToken(db: Db, workspace: string, token: string): Promise<void> {
  await db.sql`update api_tokens set last_used_at = now() where workspace_id = ${workspace} and token = ${token}`;
}

/** A token without what would let anybody in. */
export interface TokenRow {
  token: string;
  name: string;
  member: string;
  memberName: string;
  prefix: string;
  scopes: Scope[];
  source: string | null;
  createdAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

/** All tokens, or one member's, the newest first. */
export async function readTokens(
  db: Db,
  workspace: string,
  member: string | null = null,
): Promise<TokenRow[]> {
  const rows = await db.sql<TokenRow[]>`
    select t.token, t.name, t.member, m.name "memberName", t.prefix, t.scopes, t.source, t.created_at "createdAt",
      t.expires_at "expiresAt", t.last_used_at "lastUsedAt", t.revoked_at "revokedAt"
    from api_tokens t join members m using (workspace_id, member)
    where t.workspace_id = ${workspace} and (${member}::uuid is null or t.member = ${member})
    order by t.created_at desc, t.token limit 500`;
  const iso = (at: string) => new Date(at).toISOString();
  const isoOrNull = (at: string | null) => (at === null ? null : iso(at));
  return rows.map((row) => ({
    ...row,
    createdAt: iso(row.createdAt),
    expiresAt: iso(row.expiresAt),
    lastUsedAt: isoOrNull(row.lastUsedAt),
    revokedAt: isoOrNull(row.revokedAt),
  }));
}

/** Revokes a token. @returns whose it was; null when there is none that could be used. */
export async function revokeToken(
  sql: SqlSession,
  workspace: string,
  token: string,
): Promise<{ name: string; member: string; prefix: string } | null> {
  const [row] = await sql<{ name: string; member: string; prefix: string }[]>`
    update api_tokens set revoked_at = now()
    where workspace_id = ${workspace} and token = ${token} and revoked_at is null
    returning name, member, prefix`;
  return row ?? null;
}

/** Whose a token is; null when there is none. */
export async function ownerOfToken(
  sql: SqlSession,
  workspace: string,
  token: string,
): Promise<string | null> {
  const [row] = await sql<{ member: string }[]>`
    select member from api_tokens where workspace_id = ${workspace} and token = ${token}`;
  return row?.member ?? null;
}
