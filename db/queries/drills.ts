/** Drills: what is set of them, whose turn it is, and what each has made at its application. */
import type { SqlSession } from "../client.ts";
import { json } from "../json.ts";
import type { drillSettings, drills, drillTurns } from "../schema.ts";

/** Times in milliseconds since 1970. */
export type DrillSettingsRow = Omit<typeof drillSettings.$inferSelect, "workspaceId">;
export type DrillTurn = Omit<typeof drillTurns.$inferSelect, "workspaceId">;
export type DrillRow = Omit<typeof drills.$inferSelect, "workspaceId">;

const time = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const msOf = (sql: SqlSession) => (column: string) =>
  sql`(extract(epoch from ${sql(column)}) * 1000)::float8`;

/** Of the application named by its key, or of all; in the order of the keys. */
export async function readDrillSettings(
  sql: SqlSession,
  workspace: string,
  application: string | null = null,
): Promise<DrillSettingsRow[]> {
  const ms = msOf(sql);
  return sql<DrillSettingsRow[]>`
    select application, label, active, every_hours "everyHours", domain, group_wish "groupWish", follow,
      follow_hours "followHours", ${ms("set_at")} "setAt", set_by "setBy"
    from drill_settings
    where workspace_id = ${workspace} and (${application}::text is null or application = ${application})
    order by application collate "C"`;
}

export async function storeDrillSettings(
  sql: SqlSession,
  workspace: string,
  row: Omit<DrillSettingsRow, "setAt">,
): Promise<void> {
  await sql`
    insert into drill_settings (workspace_id, application, label, active, every_hours, domain, group_wish, follow, follow_hours,
      set_at, set_by)
    values (${workspace}, ${row.application}, ${row.label}, ${row.active}, ${row.everyHours}, ${row.domain},
      ${json(sql, row.groupWish)}, ${row.follow}, ${row.followHours}, now(), ${row.setBy})
    on conflict (workspace_id, application) do update set label = excluded.label, active = excluded.active,
      every_hours = excluded.every_hours, domain = excluded.domain, group_wish = excluded.group_wish, follow = excluded.follow,
      follow_hours = excluded.follow_hours, set_at = excluded.set_at, set_by = excluded.set_by`;
}

/** Of the application named by its key, or of all. */
export async function readDrillTurns(
  sql: SqlSession,
  workspace: string,
  application: string | null = null,
): Promise<DrillTurn[]> {
  const ms = msOf(sql);
  return sql<DrillTurn[]>`
    select application, ${ms("next_run_at")} "nextRunAt", asked_by "askedBy", ${ms("look_at")} "lookAt", followed, problem
    from drill_turns
    where workspace_id = ${workspace} and (${application}::text is null or application = ${application})`;
}

/** Notes what is given; the rest stays as it is. */
export async function storeDrillTurn(
  sql: SqlSession,
  workspace: string,
  application: string,
  change: Partial<Omit<DrillTurn, "application">>,
): Promise<void> {
  const [known] = await readDrillTurns(sql, workspace, application);
  const row = {
    nextRunAt: null,
    askedBy: null,
    lookAt: null,
    followed: null,
    problem: null,
    ...known,
    ...change,
  };
  await sql`
    insert into drill_turns (workspace_id, application, next_run_at, asked_by, look_at, followed, problem)
    values (${workspace}, ${application}, ${time(row.nextRunAt)}, ${row.askedBy}, ${time(row.lookAt)},
      ${row.followed === null ? null : json(sql, row.followed)}, ${row.problem})
    on conflict (workspace_id, application) do update set next_run_at = excluded.next_run_at, asked_by = excluded.asked_by,
      look_at = excluded.look_at, followed = excluded.followed, problem = excluded.problem`;
}

/** The newest drills first. @param open those alone of which something may be left, or whose trial is not in the log. */
export async function readDrills(
  sql: SqlSession,
  workspace: string,
  { application = null, open = false, limit }: { application?: string | null; open?: boolean; limit: number },
): Promise<DrillRow[]> {
  const ms = msOf(sql);
  return sql<DrillRow[]>`
    select drill, application, label, identity, asked_by "askedBy", state, ${ms("started_at")} "startedAt",
      ${ms("kept_at")} "keptAt", ${ms("cleaned_at")} "cleanedAt", cleaned, tries, ${ms("next_try_at")} "nextTryAt", problem
    from drills
    where workspace_id = ${workspace} and (${application}::text is null or application = ${application})
      and (${!open} or cleaned_at is null or kept_at is null)
    order by started_at desc, drill limit ${limit}`;
}

/** Notes a drill before it has asked for anything. */
export async function insertDrill(
  sql: SqlSession,
  workspace: string,
  row: Pick<DrillRow, "drill" | "application" | "label" | "identity" | "askedBy" | "state" | "startedAt">,
): Promise<void> {
  await sql`
    insert into drills (workspace_id, drill, application, label, identity, asked_by, state, started_at, tries)
    values (${workspace}, ${row.drill}, ${row.application}, ${row.label}, ${row.identity}, ${row.askedBy},
      ${json(sql, row.state)}, ${time(row.startedAt)}, 0)`;
}

/** Notes what is given of a drill. */
export async function updateDrill(
  sql: SqlSession,
  workspace: string,
  drill: string,
  change: Partial<
    Pick<DrillRow, "state" | "keptAt" | "cleanedAt" | "cleaned" | "tries" | "nextTryAt" | "problem">
  >,
): Promise<void> {
  const has = (name: keyof typeof change) => name in change;
  await sql`
    update drills set
      state = case when ${has("state")} then ${json(sql, change.state ?? null)} else state end,
      kept_at = case when ${has("keptAt")} then ${time(change.keptAt ?? null)}::timestamptz else kept_at end,
      cleaned_at = case when ${has("cleanedAt")} then ${time(change.cleanedAt ?? null)}::timestamptz else cleaned_at end,
      cleaned = case when ${has("cleaned")} then ${change.cleaned ?? null}::text else cleaned end,
      tries = case when ${has("tries")} then ${change.tries ?? 0}::int else tries end,
      next_try_at = case when ${has("nextTryAt")} then ${time(change.nextTryAt ?? null)}::timestamptz else next_try_at end,
      problem = case when ${has("problem")} then ${change.problem ?? null}::text else problem end
    where workspace_id = ${workspace} and drill = ${drill}`;
}

/** Forgets drills that are over: the log has their trials. */
export async function forgetDrills(
  sql: SqlSession,
  workspace: string,
  application: string,
  before: number,
): Promise<void> {
  await sql`
    delete from drills where workspace_id = ${workspace} and application = ${application}
      and cleaned_at < ${time(before)}::timestamptz and kept_at is not null`;
}
