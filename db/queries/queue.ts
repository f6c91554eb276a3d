/** The queue of the workers' jobs, as pg-boss keeps it in its own schema. Asked by the database's owner, who alone may. */
import type { SqlSession } from "../client.ts";
import { isConformanceDue } from "./conformance.ts";
import { isDue } from "./connector-work.ts";

/** The schema that pg-boss makes and keeps. */
export const QUEUE_SCHEMA = "pgboss";

export interface DueWork {
  workspace: string;
  work: string;
}

/**
 * Whether somebody holds a session's advisory lock.
 * @param lock its name. @param workspace and `work`: put in place of {workspace} and {work} in it; columns.
 */
const isHeld = (sql: SqlSession, lock: string, workspace: string, work: string) => sql`exists (
  select from pg_locks p cross join lateral (select hashtextextended(
    replace(replace(${lock}, '{workspace}', ${sql.unsafe(workspace)}), '{work}', ${sql.unsafe(work)}), 0) key) l
  where p.locktype = 'advisory' and p.objsubid = 1
    and p.database = (select oid from pg_database where datname = current_database())
    and p.classid::bigint = ((l.key >> 32) & 4294967295) and p.objid::bigint = (l.key & 4294967295))`;

/**
 * Whether work has no job yet and is done by nobody.
 * @param at.key what no two jobs of the queue have in common; like `workspace` and `work` of {@link isHeld} in terms of the rows.
 */
const isFree = (
  sql: SqlSession,
  { queue, key, lock, workspace, work }: Record<"queue" | "key" | "lock" | "workspace" | "work", string>,
) => sql`not exists (select from ${sql(QUEUE_SCHEMA)}.job j where j.name = ${queue}
    and j.singleton_key = ${sql.unsafe(key)} and j.state in ('created', 'retry', 'active'))
  and not ${isHeld(sql, lock, workspace, work)}`;

/**
 * What is due in any workspace, has no job yet and is run by nobody; the longest waiting first.
 * @param queue its name. @param lock name of the lock of whoever runs it, with {workspace} and {work} in it. @param limit of them.
 */
export async function readDueWork(
  sql: SqlSession,
  queue: string,
  lock: string,
  limit: number,
): Promise<DueWork[]> {
  return sql<DueWork[]>`
    /* cross-workspace: a worker serves all workspaces, and asks what is due in any */
    select w.workspace_id workspace, w.work from connector_work w
    join connectors c on (c.workspace_id, c.connector) = (w.workspace_id, w.connector)
    where not c.paused and w.done_at is null and w.set_aside_at is null and ${isDue(sql, "w")}
      and ${isFree(sql, { queue, key: "w.work::text", lock, workspace: "w.workspace_id", work: "w.work::text" })}
    order by w.next_run_at limit ${limit}`;
}

/** No round puts the next one off for longer: what lies further ahead was noted by a clock that has been set back since. */
const LATEST_ROUND = "10 minutes";

/** What lies further ahead was noted by a clock that has been set back since. */
const LONGEST_REST = "1 hour";

/**
 * Rounds of alerts that are due in any workspace, by the same rules as {@link readDueWork}; `work` says what for.
 * @param first whether also those of workspaces in which nobody has set anything and none has been.
 */
export async function readDueRounds(
  sql: SqlSession,
  queue: string,
  lock: string,
  limit: number,
  { first }: { first: boolean },
): Promise<DueWork[]> {
  return sql<DueWork[]>`
    /* cross-workspace: a worker serves all workspaces, and asks what is due in any */
    select w.workspace_id workspace, 'alerts' as work from workspaces w
    left join alert_rounds r on r.workspace_id = w.workspace_id
    where coalesce(r.next_run_at <= now() or r.next_run_at > now() + ${LATEST_ROUND}::interval, ${first})
      and ${isFree(sql, { queue, key: "w.workspace_id", lock, workspace: "w.workspace_id", work: "''" })}
    order by r.next_run_at nulls first, w.workspace_id limit ${limit}`;
}

/**
 * Applications whose turn it is: a drill is due there or asked for, one has to be cleaned up, or a followed person looked at; by
 * the same rules as {@link readDueWork}. `work` is the application's key.
 */
export async function readDueDrills(
  sql: SqlSession,
  queue: string,
  lock: string,
  limit: number,
): Promise<DueWork[]> {
  return sql<DueWork[]>`
    /* cross-workspace: a worker serves all workspaces, and asks what is due in any */
    select d.workspace_id workspace, d.application as work from (
      select t.workspace_id, t.application,
        least(case when s.active then t.next_run_at end, case when s.follow is not null then t.look_at end) due
      from drill_turns t join drill_settings s using (workspace_id, application)
      union all
      select workspace_id, application, coalesce(next_try_at, started_at) from drills
      where cleaned_at is null or kept_at is null
    ) d
    where d.due <= now()
      and ${isFree(sql, { queue, key: "d.workspace_id || ' ' || d.application", lock, workspace: "d.workspace_id", work: "d.application" })}
    group by d.workspace_id, d.application order by min(d.due) limit ${limit}`;
}

/**
 * Workspaces whose reports are to be worked out, by the same rules as {@link readDueWork}: at once where somebody waits, else
 * after the rest that follows the last time.
 */
export async function readDueReports(
  sql: SqlSession,
  queue: string,
  lock: string,
  limit: number,
): Promise<DueWork[]> {
  return sql<DueWork[]>`
    /* cross-workspace: a worker serves all workspaces, and asks what is due in any */
    select w.workspace_id workspace, 'reports' as work
    from report_wishes w left join report_builds b on b.workspace_id = w.workspace_id
    where (coalesce(b.rest_until <= now() or b.rest_until > now() + ${LONGEST_REST}::interval, true)
        or (w.waits and b.problem is null))
      and ${isFree(sql, { queue, key: "w.workspace_id", lock, workspace: "w.workspace_id", work: "''" })}
    group by w.workspace_id order by min(w.asked_at) limit ${limit}`;
}

/**
 * Applications whose SCIM service is to be checked by its schedule, by the same rules as {@link readDueWork}. `work` is the
 * application's key.
 */
export async function readDueConformance(
  sql: SqlSession,
  queue: string,
  lock: string,
  limit: number,
): Promise<DueWork[]> {
  return sql<DueWork[]>`
    /* cross-workspace: a worker serves all workspaces, and asks what is due in any */
    select s.workspace_id workspace, s.application as work from conformance_schedules s
    join conformance_turns t on (t.workspace_id, t.application) = (s.workspace_id, s.application)
    where ${isConformanceDue(sql, "s", "t")}
      and ${isFree(sql, { queue, key: "s.workspace_id || ' ' || s.application", lock, workspace: "s.workspace_id", work: "s.application" })}
    order by t.next_run_at limit ${limit}`;
}

/**
 * Jobs that are said to run and whose worker is gone: the lock that it held went with its connection.
 * @param lock its name, as above.
 */
export async function readDeadJobs(sql: SqlSession, queue: string, lock: string): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select j.id from ${sql(QUEUE_SCHEMA)}.job j
    -- A worker takes its lock within a moment of taking the job. Where it takes longer, nothing is lost: who runs it goes on.
    where j.name = ${queue} and j.state = 'active' and j.started_on < now() - interval '1 second'
      and not ${isHeld(sql, lock, "j.data ->> 'workspace'", "j.data ->> 'work'")}`;
  return rows.map(({ id }) => id);
}
