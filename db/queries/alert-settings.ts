/** What is set of the rules, and when they are looked at. */
import type { SqlSession } from "../client.ts";
import { json } from "../json.ts";
import type { alertRounds, alertSettings } from "../schema.ts";

export type AlertSettings = Pick<typeof alertSettings.$inferSelect, "rules" | "zone">;
export type AlertRound = Omit<typeof alertRounds.$inferSelect, "workspaceId">;

/** What was set; the usual where nothing was. */
export async function readAlertSettings(sql: SqlSession, workspace: string): Promise<AlertSettings> {
  const [row] = await sql<AlertSettings[]>`
    select rules, zone from alert_settings where workspace_id = ${workspace}`;
  return row ?? { rules: {}, zone: "UTC" };
}

export async function storeAlertSettings(
  sql: SqlSession,
  workspace: string,
  { rules, zone }: AlertSettings,
  setBy: string,
): Promise<void> {
  await sql`
    insert into alert_settings (workspace_id, rules, zone, set_at, set_by)
    values (${workspace}, ${json(sql, rules)}, ${zone}, now(), ${setBy})
    on conflict (workspace_id) do update set rules = excluded.rules, zone = excluded.zone, set_at = excluded.set_at,
      set_by = excluded.set_by`;
}

/** Null before the first round. Times in milliseconds since 1970. */
export async function readAlertRound(sql: SqlSession, workspace: string): Promise<AlertRound | null> {
  const [row] = await sql<AlertRound[]>`
    select extract(epoch from next_run_at)::float8 * 1000 "nextRunAt", extract(epoch from next_look_at)::float8 * 1000 "nextLookAt",
      extract(epoch from looked_at)::float8 * 1000 "lookedAt", error
    from alert_rounds where workspace_id = ${workspace}`;
  return row ?? null;
}

/**
 * Notes a round.
 * @param before when it was due, as it was read at its beginning; null for the first. Who has asked for another one since gets it.
 */
export async function storeAlertRound(
  sql: SqlSession,
  workspace: string,
  { nextRunAt, nextLookAt, lookedAt, error }: AlertRound,
  before: number | null,
): Promise<void> {
  const time = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  // Times go through milliseconds as fractions of seconds: nearly the same is the same.
  const same = sql`abs(extract(epoch from r.next_run_at - ${time(before)}::timestamptz)) < 0.005`;
  await sql`
    insert into alert_rounds as r (workspace_id, next_run_at, next_look_at, looked_at, error)
    values (${workspace}, ${time(nextRunAt)}, ${time(nextLookAt)}, ${time(lookedAt)}, ${error})
    on conflict (workspace_id) do update set looked_at = excluded.looked_at, error = excluded.error,
      next_run_at = case when ${same} then excluded.next_run_at else r.next_run_at end,
      next_look_at = case when ${same} then excluded.next_look_at else r.next_look_at end`;
}

/** Has the next round come at once, and look at the rules anew. */
export async function askForRound(sql: SqlSession, workspace: string): Promise<void> {
  await sql`
    insert into alert_rounds (workspace_id, next_run_at, next_look_at) values (${workspace}, now(), now())
    on conflict (workspace_id) do update set next_run_at = excluded.next_run_at, next_look_at = excluded.next_look_at`;
}
