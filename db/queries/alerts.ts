/** Alerts: what rules found, and which channel has had it. */
import type { AlertRule } from "../../lib/alerts/contract.ts";
import type { SqlSession } from "../client.ts";
import { json } from "../json.ts";

export interface Alert {
  alert: number;
  rule: AlertRule;
  subject: string;
  what: string;
  link: string;
  /** Milliseconds since 1970, as all times here. */
  since: number;
  firstRaisedAt: number;
  lastRaisedAt: number;
  resolvedAt: number | null;
  notifiedAt: number | null;
}

const ms = (sql: SqlSession, column: string) => sql`extract(epoch from ${sql(column)})::float8 * 1000`;

const columns = (sql: SqlSession) => sql`
  alert::float8 alert, rule, subject, what, link, ${ms(sql, "since")} since, ${ms(sql, "first_raised_at")} "firstRaisedAt",
  ${ms(sql, "last_raised_at")} "lastRaisedAt", ${ms(sql, "resolved_at")} "resolvedAt", ${ms(sql, "notified_at")} "notifiedAt"`;

/** What is not resolved, the oldest first. @param limit of them; null: all. */
export async function readOpenAlerts(
  sql: SqlSession,
  workspace: string,
  limit: number | null = null,
): Promise<Alert[]> {
  return sql<Alert[]>`
    select ${columns(sql)} from alerts where workspace_id = ${workspace} and resolved_at is null
    order by alerts.since, alerts.alert limit ${limit}`;
}

/** How many of each rule are open. */
export async function countOpenAlerts(sql: SqlSession, workspace: string): Promise<Map<AlertRule, number>> {
  const rows = await sql<{ rule: AlertRule; open: number }[]>`
    select rule, count(*)::int open from alerts where workspace_id = ${workspace} and resolved_at is null group by rule`;
  return new Map(rows.map(({ rule, open }) => [rule, open]));
}

/** What was resolved, the newest first. @param after milliseconds: since then alone. @param limit of them; null: all. */
export async function readResolvedAlerts(
  sql: SqlSession,
  workspace: string,
  { after, limit }: { after: number; limit: number | null },
): Promise<Alert[]> {
  return sql<Alert[]>`
    select ${columns(sql)} from alerts where workspace_id = ${workspace} and resolved_at > ${new Date(after).toISOString()}
    order by alerts.resolved_at desc, alerts.alert desc limit ${limit}`;
}

/**
 * What the channel has not had, the oldest first: what is open, and what was resolved since the channel was set, so that what
 * came and went while it did not answer is told too.
 */
export async function readUntoldAlerts(
  sql: SqlSession,
  workspace: string,
  channel: string,
): Promise<Alert[]> {
  return sql<Alert[]>`
    select ${columns(sql)} from alerts
    where workspace_id = ${workspace}
      and (resolved_at is null or resolved_at > (select set_at from alert_channels c
        where c.workspace_id = ${workspace} and c.name = ${channel}))
      and not exists (select from alert_tellings t
        where (t.workspace_id, t.channel, t.alert) = (alerts.workspace_id, ${channel}, alerts.alert))
    order by alerts.since, alerts.alert`;
}

/** Notes that the channel has had them, unless it was taken away meanwhile. */
export async function storeTellings(
  sql: SqlSession,
  workspace: string,
  channel: string,
  told: readonly number[],
  at: number,
): Promise<void> {
  await sql`
    insert into alert_tellings (workspace_id, channel, alert)
    select workspace_id, name, unnest(${[...told]}::bigint[]) from alert_channels
    where workspace_id = ${workspace} and name = ${channel} on conflict do nothing`;
  await sql`
    update alerts set notified_at = ${new Date(at).toISOString()}
    where workspace_id = ${workspace} and alert = any(${[...told]}::bigint[]) and notified_at is null`;
}

/** Raises them; one that is open already stays as it is. */
export async function raiseAlerts(
  sql: SqlSession,
  workspace: string,
  raised: readonly Pick<Alert, "rule" | "subject" | "what" | "link" | "since">[],
  at: number,
): Promise<void> {
  const now = new Date(at).toISOString();
  await sql`
    insert into alerts (workspace_id, rule, subject, what, link, since, first_raised_at, last_raised_at)
    select ${workspace}, rule, subject, what, link, to_timestamp(since / 1000), ${now}, ${now}
    from jsonb_to_recordset(${json(sql, raised)}) as r(rule text, subject text, what text, link text, since float8)
    on conflict (workspace_id, rule, subject) where resolved_at is null do nothing`;
}

/** Notes that they are so still, in the words of now. */
export async function keepAlerts(
  sql: SqlSession,
  workspace: string,
  kept: readonly Pick<Alert, "alert" | "what">[],
  at: number,
): Promise<void> {
  await sql`
    update alerts a set what = r.what, last_raised_at = ${new Date(at).toISOString()}
    from jsonb_to_recordset(${json(sql, kept)}) as r(alert bigint, what text)
    where a.workspace_id = ${workspace} and a.alert = r.alert`;
}

/** Notes that they are so no longer. */
export async function resolveAlerts(
  sql: SqlSession,
  workspace: string,
  resolved: readonly number[],
  at: number,
): Promise<void> {
  await sql`
    update alerts set resolved_at = ${new Date(at).toISOString()}
    where workspace_id = ${workspace} and alert = any(${[...resolved]}::bigint[]) and resolved_at is null`;
}

/** Forgets what was resolved before `before`, and what is open of a rule that is off. */
export async function forgetAlerts(
  sql: SqlSession,
  workspace: string,
  { before, off }: { before: number; off: readonly AlertRule[] },
): Promise<void> {
  await sql`
    with gone as (
      delete from alerts where workspace_id = ${workspace}
        and (resolved_at < ${new Date(before).toISOString()} or (resolved_at is null and rule = any(${[...off]}::text[])))
      returning alert)
    delete from alert_tellings where workspace_id = ${workspace} and alert in (select alert from gone)`;
}
