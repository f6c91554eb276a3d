/** Checks of conformance by a schedule: what is set for an application, and when it is its turn. */
import type { SqlSession } from "../client.ts";
import type { conformanceSchedules, conformanceTurns } from "../schema.ts";

/** Times in milliseconds since 1970. */
export interface ConformanceScheduleRow
  extends Omit<typeof conformanceSchedules.$inferSelect, "workspaceId">,
    ConformanceTurn {
  /** Whether it is its turn. */
  due: boolean;
}
export type ConformanceTurn = Pick<typeof conformanceTurns.$inferSelect, "nextRunAt" | "tries" | "problem">;

/** By whom a moment further ahead than a whole interval was noted, his clock has been set back since. */
const CLOCK_SET_BACK = "1 minute";

/**
 * Whether it is an application's turn, by the database's clock alone: each worker's own may differ from it, and be set.
 * @param schedule and `turn`: aliases of conformance_schedules and conformance_turns in the query around.
 */
export const isConformanceDue = (sql: SqlSession, schedule: string, turn: string) => {
  const nextRunAt = sql(`${turn}.next_run_at`);
  return sql`(${nextRunAt} <= now()
    or ${nextRunAt} > now() + make_interval(hours => 24 * ${sql(`${schedule}.every_days`)}) + ${CLOCK_SET_BACK}::interval)`;
};

/** The database's clock: milliseconds since 1970. */
export async function readClock(sql: SqlSession): Promise<number> {
  const [row] = await sql<[{ now: number }]>`select floor(extract(epoch from now()) * 1000)::float8 now`;
  return row.now;
}

/** Of the application named by its key, or of all; in the order of the keys. */
export async function readConformanceSchedules(
  sql: SqlSession,
  workspace: string,
  application: string | null = null,
): Promise<ConformanceScheduleRow[]> {
  const ms = (column: string) => sql`(extract(epoch from ${sql(column)}) * 1000)::float8`;
  return sql<ConformanceScheduleRow[]>`
    select s.application, s.label, s.every_days "everyDays", s.level, ${ms("s.since")} since, ${ms("s.set_at")} "setAt",
      s.set_by "setBy", ${ms("t.next_run_at")} "nextRunAt", t.tries, t.problem, ${isConformanceDue(sql, "s", "t")} due
    from conformance_schedules s join conformance_turns t using (workspace_id, application)
    where s.workspace_id = ${workspace} and (${application}::text is null or s.application = ${application})
    order by s.application collate "C"`;
}

const time = (at: number): string => new Date(at).toISOString();

/** Sets a schedule and its turn, in place of those that were set before. */
export async function storeConformanceSchedule(
  sql: SqlSession,
  workspace: string,
  row: Omit<ConformanceScheduleRow, "setAt" | "due">,
): Promise<void> {
  await sql`
    insert into conformance_schedules (workspace_id, application, label, every_days, level, since, set_at, set_by)
    values (${workspace}, ${row.application}, ${row.label}, ${row.everyDays}, ${row.level}, ${time(row.since)}, now(), ${row.setBy})
    on conflict (workspace_id, application) do update set label = excluded.label, every_days = excluded.every_days,
      level = excluded.level, since = excluded.since, set_at = excluded.set_at, set_by = excluded.set_by`;
  await sql`
    insert into conformance_turns (workspace_id, application, next_run_at, tries, problem)
    values (${workspace}, ${row.application}, ${time(row.nextRunAt)}, ${row.tries}, ${row.problem})
    on conflict (workspace_id, application) do update set next_run_at = excluded.next_run_at, tries = excluded.tries,
      problem = excluded.problem`;
}

export async function deleteConformanceSchedule(
  sql: SqlSession,
  workspace: string,
  application: string,
): Promise<void> {
  await sql`delete from conformance_schedules where workspace_id = ${workspace} and application = ${application}`;
  await sql`delete from conformance_turns where workspace_id = ${workspace} and application = ${application}`;
}

/** Notes how a turn went; nothing where the schedule was ended meanwhile. */
export async function changeConformanceTurn(
  sql: SqlSession,
  workspace: string,
  application: string,
  { nextRunAt, tries, problem }: ConformanceTurn,
): Promise<void> {
  await sql`
    update conformance_turns set next_run_at = ${time(nextRunAt)}, tries = ${tries}, problem = ${problem}
    where workspace_id = ${workspace} and application = ${application}`;
}
