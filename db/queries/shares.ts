/** Links that show something to people who are no members. */
import type { SqlSession } from "../client.ts";

/** A share without what would let anybody in. */
export interface ShareRow {
  share: string;
  label: string;
  /** The one customer whose records it shows; null: the whole workspace. */
  customer: string | null;
  createdAt: string;
  createdBy: string;
  expiresAt: string;
  revokedAt: string | null;
  views: number;
  downloads: number;
  /** When the page was opened or the pack fetched last. */
  lastUsedAt: string | null;
}

const iso = (at: string): string => new Date(at).toISOString();
const isoOrNull = (at: string | null): string | null => (at === null ? null : iso(at));

/** All shares, the newest first. */
export async function readShares(sql: SqlSession, workspace: string): Promise<ShareRow[]> {
  const rows = await sql<ShareRow[]>`
    select share, label, customer, created_at "createdAt", created_by "createdBy", expires_at "expiresAt",
      revoked_at "revokedAt", views, downloads, last_used_at "lastUsedAt"
    from shares where workspace_id = ${workspace} order by created_at desc, share limit 500`;
  return rows.map((row) => ({
    ...row,
    createdAt: iso(row.createdAt),
    expiresAt: iso(row.expiresAt),
    revokedAt: isoOrNull(row.revokedAt),
    lastUsedAt: isoOrNull(row.lastUsedAt),
  }));
}

export interface NewShare {
  share: string;
  label: string;
  customer: string | null;
  hash: Uint8Array;
  createdBy: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

export async function insertShare(sql: SqlSession, workspace: string, row: NewShare): Promise<void> {
  await sql`
    insert into shares (workspace_id, share, label, customer, hash, created_at, created_by, expires_at)
    values (${workspace}, ${row.share}, ${row.label}, ${row.customer}, ${row.hash}, now(), ${row.createdBy},
      ${new Date(row.expiresAt).toISOString()})`;
}

/** What a link that is open shows. */
export type OpenShare = Pick<ShareRow, "share" | "label" | "customer" | "expiresAt">;

/** The share of the link with this hash; null when there is none, or it is over or revoked: nobody is told which. */
export async function openShare(
  sql: SqlSession,
  workspace: string,
  hash: Uint8Array,
): Promise<OpenShare | null> {
  const [row] = await sql<OpenShare[]>`
    select share, label, customer, expires_at "expiresAt" from shares
    where workspace_id = ${workspace} and hash = ${hash} and revoked_at is null and expires_at > now()`;
  return row === undefined ? null : { ...row, expiresAt: iso(row.expiresAt) };
}

/** Counts one use of a share. @returns false when it was revoked or has ended meanwhile. */
export async function countUse(
  sql: SqlSession,
  workspace: string,
  share: string,
  use: "view" | "download",
): Promise<boolean> {
  const rows = await sql`
    update shares set views = views + ${use === "view" ? 1 : 0}, downloads = downloads + ${use === "download" ? 1 : 0},
      last_used_at = now()
    where workspace_id = ${workspace} and share = ${share} and revoked_at is null and expires_at > now()
    returning 1`;
  return rows.length > 0;
}

/** Revokes a share. @returns what it was; null when there is none that is not revoked. */
export async function markRevoked(
  sql: SqlSession,
  workspace: string,
  share: string,
): Promise<{ label: string; customer: string | null } | null> {
  const [row] = await sql<{ label: string; customer: string | null }[]>`
    update shares set revoked_at = now() where workspace_id = ${workspace} and share = ${share} and revoked_at is null
    returning label, customer`;
  return row ?? null;
}
