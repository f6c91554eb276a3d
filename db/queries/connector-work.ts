/** What workers do for connectors, and how far they have come. */
import type { SqlSession } from "../client.ts";
import { json } from "../json.ts";
import type { connectorWork } from "../schema.ts";

/** Times in milliseconds since 1970. */
export type ConnectorWork = Omit<typeof connectorWork.$inferSelect, "workspaceId">;

/** Another worker has moved the cursor meanwhile: what was read for it is not to be stored. */
export class WorkMoved extends Error {
  override name = "WorkMoved";
}

const time = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** Of one connector, or of one piece of work, or all. What is new first, then backfills, the newest first. */
export async function readWork(
  sql: SqlSession,
  workspace: string,
  { connector = null, work = null }: { connector?: string | null; work?: string | null } = {},
): Promise<ConnectorWork[]> {
  const ms = (column: string) => sql`(extract(epoch from ${sql(column)}) * 1000)::float8`;
  return sql<ConnectorWork[]>`
    select work, connector, ${ms("window_from")} "windowFrom", ${ms("window_to")} "windowTo", cursor, step::float8 step,
      records::float8 records, ${ms("newest_at")} "newestAt", caught_up "caughtUp", ${ms("started_at")} "startedAt",
      ${ms("last_success_at")} "lastSuccessAt", failures, tries, last_error "lastError", ${ms("next_run_at")} "nextRunAt",
      ${ms("set_aside_at")} "setAsideAt", ${ms("done_at")} "doneAt"
    from connector_work where workspace_id = ${workspace}
      and (${connector}::uuid is null or connector = ${connector}) and (${work}::uuid is null or work = ${work})
    order by window_from is not null, coalesce(started_at, next_run_at) desc, work`;
}

/** Makes work that is due at once. @param window of a backfill. */
export async function addWork(
  sql: SqlSession,
  workspace: string,
  work: string,
  connector: string,
  window: { from: number; to: number } | null,
): Promise<void> {
  await sql`
    insert into connector_work (workspace_id, work, connector, window_from, window_to, next_run_at)
    values (${workspace}, ${work}, ${connector}, ${time(window?.from ?? null)}, ${time(window?.to ?? null)}, now())`;
}

/** Asks for work to be done at once, also where it was set aside. */
export async function askForWork(
  sql: SqlSession,
  workspace: string,
  { connector, work = null }: { connector: string; work?: string | null },
): Promise<number> {
  const rows = await sql`
    update connector_work set next_run_at = now(), set_aside_at = null, tries = 0
    where workspace_id = ${workspace} and connector = ${connector} and done_at is null
      and (work = ${work} or (${work}::uuid is null and window_from is null)) returning 1`;
  return rows.length;
}

/** Notes that somebody begins. @returns how often in a row that led nowhere, this time included. */
export async function beginWork(sql: SqlSession, workspace: string, work: string): Promise<number> {
  const [row] = await sql<{ tries: number }[]>`
    update connector_work set tries = tries + 1, started_at = now()
    where workspace_id = ${workspace} and work = ${work} returning tries`;
  return row?.tries ?? 0;
}

/** Notes that a run ended without having been tried: it is begun anew. */
export async function leaveWork(sql: SqlSession, workspace: string, work: string): Promise<void> {
  await sql`
    update connector_work set tries = greatest(tries - 1, 0) where workspace_id = ${workspace} and work = ${work}`;
}

/** What moves with the cursor. */
export interface Move {
  /** That the cursor is moved from. */
  step: number;
  cursor: unknown;
  /** Records that were new to the log. */
  accepted: number;
  /** Time of the newest record; null where there was none. */
  newestAt: number | null;
}

/** Moves the cursor. @throws {WorkMoved} when another worker has moved it since. */
export async function moveWork(
  sql: SqlSession,
  workspace: string,
  work: string,
  { step, cursor, accepted, newestAt }: Move,
): Promise<void> {
  const moved = await sql`
    update connector_work set cursor = ${json(sql, cursor)}, step = step + 1, records = records + ${accepted}, tries = 0,
      newest_at = greatest(newest_at, ${time(newestAt)}::timestamptz)
    where workspace_id = ${workspace} and work = ${work} and step = ${step} returning 1`;
  if (moved.length === 0) throw new WorkMoved("Another worker goes on with this.");
}

/** By whom a moment that lies so far ahead was noted, his clock has been set back since. */
const CLOCK_SET_BACK = "1 minute";

/**
 * Whether it is time for it, by the database's clock alone: each worker's own may differ from it, and be set. Where that clock was set
 * back, what was noted before tells nothing.
 * @param work alias of connector_work in the query around.
 */
export const isDue = (sql: SqlSession, work: string) => {
  const of = (column: string) => sql(`${work}.${column}`);
  return sql`(${of("next_run_at")} <= now() or ${of("started_at")} > now() + ${CLOCK_SET_BACK}::interval)`;
};

/** {@link isDue} of one. */
export async function isWorkDue(sql: SqlSession, workspace: string, work: string): Promise<boolean> {
  const rows = await sql`
    select from connector_work w where workspace_id = ${workspace} and work = ${work} and ${isDue(sql, "w")}`;
  return rows.length > 0;
}

/** In so many milliseconds, by the database's clock. */
const inMs = (sql: SqlSession, ms: number) => sql`now() + make_interval(secs => ${Math.max(ms, 0) / 1000})`;

/** How a run ended. */
export interface RunEnd {
  /** Milliseconds until it is due again. */
  againMs: number;
  caughtUp: boolean;
  /** That nothing is left to do, ever. */
  done: boolean;
  /** Why it waits, where the vendor said so; null otherwise. */
  waits: string | null;
}

/** Notes a run that went well. */
export async function endRun(
  sql: SqlSession,
  workspace: string,
  work: string,
  { againMs, caughtUp, done, waits }: RunEnd,
): Promise<void> {
  await sql`
    update connector_work set next_run_at = ${inMs(sql, againMs)}, caught_up = ${caughtUp}, failures = 0, tries = 0,
      last_error = ${waits}, last_success_at = now(), done_at = ${done ? new Date().toISOString() : null}
    where workspace_id = ${workspace} and work = ${work}`;
}

/** Notes a run that failed. @param getsOn false where it is Rollcall that failed: so many times, and it is set aside. */
export async function failRun(
  sql: SqlSession,
  workspace: string,
  work: string,
  { error, againMs, getsOn }: { error: string; againMs: number; getsOn: boolean },
): Promise<void> {
  await sql`
    update connector_work set next_run_at = ${inMs(sql, againMs)}, failures = failures + 1, last_error = ${error},
      tries = ${getsOn ? sql`0` : sql`tries`}, caught_up = false
    where workspace_id = ${workspace} and work = ${work}`;
}

/** Leaves it until somebody says to try again. */
export async function setWorkAside(
  sql: SqlSession,
  workspace: string,
  work: string,
  reason: string,
): Promise<void> {
  await sql`
    update connector_work set set_aside_at = now(), last_error = ${reason}, caught_up = false
    where workspace_id = ${workspace} and work = ${work}`;
}
