/** Ingests: one run over one file or stream, with its progress. */
import { and, desc, eq, sql as expression, type SQL } from "drizzle-orm";
import type { Db, SqlSession } from "../client.ts";
import { ingests } from "../schema.ts";

export type StoredIngest = typeof ingests.$inferSelect;

export interface NewIngest {
  ingest: string;
  source: string;
  format: string;
  file: string | null;
  bytesTotal: number | null;
}

/** Opens an ingest; its counters move with each batch (`db/log/append.ts`). @returns false when one of that id is known. */
export async function startIngest(sql: SqlSession, workspace: string, row: NewIngest): Promise<boolean> {
  const made = await sql`
    insert into ingests (workspace_id, ingest, source, format, file, bytes_total, state, records, accepted, duplicates,
      rejected, bytes_read, started_at, heartbeat_at)
    values (${workspace}, ${row.ingest}, ${row.source}, ${row.format}, ${row.file}, ${row.bytesTotal}, 'running', 0, 0, 0,
      0, 0, now(), now())
    on conflict do nothing`;
  return made.count > 0;
}

/** Notes an ingest that goes on for good and that nobody waits for: what a provider sends in by itself, request by request. */
export async function insertStandingIngest(
  sql: SqlSession,
  workspace: string,
  row: Omit<NewIngest, "bytesTotal">,
): Promise<void> {
  await sql`
    insert into ingests (workspace_id, ingest, source, format, file, bytes_total, state, records, accepted, duplicates,
      rejected, bytes_read, started_at, heartbeat_at, finished_at)
    values (${workspace}, ${row.ingest}, ${row.source}, ${row.format}, ${row.file}, null, 'done', 0, 0, 0, 0, 0, now(),
      now(), now())`;
}

/** The ingest that {@link insertStandingIngest} noted for a source under that name; null: none. */
export async function standingIngest(
  sql: SqlSession,
  workspace: string,
  source: string,
  file: string,
): Promise<string | null> {
  const [row] = await sql<{ ingest: string }[]>`
    select ingest from ingests where workspace_id = ${workspace} and source = ${source} and file = ${file}
    order by started_at limit 1`;
  return row?.ingest ?? null;
}

/** Tells that an ingest is still under way where nothing else does: after its last record. */
export async function beatIngest(db: Db, workspace: string, ingest: string): Promise<void> {
  await db.sql`
    update ingests set heartbeat_at = now() where workspace_id = ${workspace} and ingest = ${ingest} and state = 'running'`;
}

/** Closes an ingest: done, or failed with a sentence. */
export async function finishIngest(
  db: Db,
  workspace: string,
  ingest: string,
  end: { source: string; format: string; error: string | null },
): Promise<StoredIngest> {
  const now = Date.now();
  const [row] = await db.orm
    .update(ingests)
    .set({
      source: end.source,
      format: end.format,
      error: end.error,
      state: end.error === null ? "done" : "failed",
      finishedAt: now,
    })
    .where(and(eq(ingests.workspaceId, workspace), eq(ingests.ingest, ingest)))
    .returning();
  if (row === undefined) throw new Error(`Ingest ${ingest} is not on record.`);
  return row;
}

/** Clocks of machines that share a database differ by less, also while one of them is set. */
const CLOCKS_DIFFER = "2 hours";

/**
 * The condition for ingests `i` that ended last or before the last one by so little that they may have been written later. The times are
 * asked for on their own, and both ends named: only so PostgreSQL takes them for few, and finds them by their index.
 */
export const endedLately = (sql: SqlSession, workspace: string) => sql`
  i.finished_at >= (select max(n.finished_at) - ${CLOCKS_DIFFER}::interval from ingests n where n.workspace_id = ${workspace})
  and i.finished_at <= (select max(n.finished_at) from ingests n where n.workspace_id = ${workspace})`;

/** The same for those that brought records last. */
export const broughtLately = (sql: SqlSession, workspace: string) => sql`
  i.heartbeat_at >= (
    select max(n.heartbeat_at) - ${CLOCKS_DIFFER}::interval from ingests n where n.workspace_id = ${workspace} and n.records > 0)
  and i.heartbeat_at <= (select max(n.heartbeat_at) from ingests n where n.workspace_id = ${workspace} and n.records > 0)
  and i.records > 0`;

/**
 * The condition for ingests `i` of which anything was written since a time, or so little before it that it may have been since.
 * @param at as PostgreSQL writes it.
 */
export const touchedSince = (sql: SqlSession, at: string) => {
  const since = sql`${at}::timestamptz - ${CLOCKS_DIFFER}::interval`;
  return sql`(
    (i.heartbeat_at >= ${since} and i.heartbeat_at <= 'infinity') or (i.finished_at >= ${since} and i.finished_at <= 'infinity'))`;
};

/** Silent for so long while it runs, an ingest's process is gone: a batch takes a second or two. */
export const SILENT_MS = 60_000;

/** Whether an ingest is under way that will bring the read models up to date at its end. */
export async function isIngesting(db: Db, workspace: string): Promise<boolean> {
  const [row] = await db.sql<{ live: boolean }[]>`
    select exists(select from ingests where workspace_id = ${workspace} and state = 'running'
      and heartbeat_at > now() - make_interval(secs => ${SILENT_MS / 1000})) live`;
  return row?.live ?? false;
}

/** One ingest, or null. */
export async function readIngest(db: Db, workspace: string, ingest: string): Promise<StoredIngest | null> {
  const [row] = await db.orm
    .select()
    .from(ingests)
    .where(and(eq(ingests.workspaceId, workspace), eq(ingests.ingest, ingest)));
  return row ?? null;
}

/**
 * The newest ingests first.
 * @param limit how many of them; what is still under way is told beside them, however many were begun since.
 */
export async function readIngests(db: Db, workspace: string, limit: number): Promise<StoredIngest[]> {
  const alive = expression`${ingests.heartbeatAt} > now() - make_interval(secs => ${SILENT_MS / 1000})`;
  const newestFirst = (condition?: SQL) =>
    db.orm
      .select()
      .from(ingests)
      .where(and(eq(ingests.workspaceId, workspace), condition))
      .orderBy(desc(ingests.startedAt), ingests.ingest);
  const [running, newest] = await Promise.all([
    newestFirst(and(eq(ingests.state, "running"), alive)),
    newestFirst().limit(limit),
  ]);
  const told = new Set(newest.map(({ ingest }) => ingest));
  // All of these were begun before the newest.
  return [...newest, ...running.filter(({ ingest }) => !told.has(ingest))];
}

export interface SilentIngest {
  source: string;
  file: string | null;
  startedAt: string;
}

/** Ingests whose process died, and that were not run to their end since; times as ISO 8601. */
export function readSilentIngests(sql: SqlSession): Promise<SilentIngest[]> {
  return sql<SilentIngest[]>`
    /* cross-workspace: doctor looks for ingests that were cut off wherever they were */
    select source, file, to_json(started_at at time zone 'UTC') #>> '{}' || 'Z' as "startedAt"
    from ingests i
    where state = 'running' and heartbeat_at < now() - make_interval(secs => ${SILENT_MS / 1000})
      and not exists (
        select from ingests later
        where (later.workspace_id, later.state) = (i.workspace_id, 'done')
          and later.file is not distinct from i.file and later.started_at > i.started_at
          -- Before its first record an ingest may not know its source.
          and i.source in (later.source, ''))
    order by started_at`;
}
