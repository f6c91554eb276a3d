/** The channels of alerts, and how each fares. */
import type { SqlSession } from "../client.ts";
import type { alertChannelStates, alertChannels } from "../schema.ts";

export type AlertChannel = Omit<typeof alertChannels.$inferSelect, "workspaceId">;
export type ChannelState = Omit<typeof alertChannelStates.$inferSelect, "workspaceId" | "channel">;

/** All of the workspace, or the one of that name; in the order of their names. Times in milliseconds since 1970. */
export async function readAlertChannels(
  sql: SqlSession,
  workspace: string,
  named: string | null = null,
): Promise<(AlertChannel & ChannelState)[]> {
  return sql<(AlertChannel & ChannelState)[]>`
    select name, kind, target, secret, active, digest, extract(epoch from set_at)::float8 * 1000 "setAt", set_by "setBy",
      extract(epoch from tried_at)::float8 * 1000 "triedAt", ok, answer, coalesce(failures, 0) failures,
      extract(epoch from next_try_at)::float8 * 1000 "nextTryAt", extract(epoch from digest_at)::float8 * 1000 "digestAt"
    from alert_channels c left join alert_channel_states s on (s.workspace_id, s.channel) = (c.workspace_id, c.name)
    where c.workspace_id = ${workspace} and (${named}::text is null or name = ${named})
    order by name collate "C"`;
}

/**
 * Puts a channel in place of what it was. What it has not had is sent at once.
 * @param digestFromNow the digests of weeks past are not made up for.
 */
export async function storeAlertChannel(
  sql: SqlSession,
  workspace: string,
  { name, kind, target, secret, active, digest, setBy }: Omit<AlertChannel, "setAt">,
  digestFromNow: boolean,
): Promise<void> {
  await sql`
    insert into alert_channels (workspace_id, name, kind, target, secret, active, digest, set_at, set_by)
    values (${workspace}, ${name}, ${kind}, ${target}, ${secret}, ${active}, ${digest}, now(), ${setBy})
    on conflict (workspace_id, name) do update set kind = excluded.kind, target = excluded.target, secret = excluded.secret,
      active = excluded.active, digest = excluded.digest, set_at = excluded.set_at, set_by = excluded.set_by`;
  await sql`
    insert into alert_channel_states as s (workspace_id, channel, digest_at) values (${workspace}, ${name}, now())
    on conflict (workspace_id, channel) do update set failures = 0, next_try_at = null,
      digest_at = case when ${digestFromNow} then excluded.digest_at else s.digest_at end`;
}

/** Takes a channel away, with what it was told. */
export async function deleteAlertChannel(sql: SqlSession, workspace: string, name: string): Promise<void> {
  await sql`delete from alert_tellings where workspace_id = ${workspace} and channel = ${name}`;
  await sql`delete from alert_channel_states where workspace_id = ${workspace} and channel = ${name}`;
  await sql`delete from alert_channels where workspace_id = ${workspace} and name = ${name}`;
}

/** Puts how a channel fares in place of what it was. */
export async function storeChannelState(
  sql: SqlSession,
  workspace: string,
  channel: string,
  { triedAt, ok, answer, failures, nextTryAt, digestAt }: ChannelState,
): Promise<void> {
  const time = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  await sql`
    insert into alert_channel_states (workspace_id, channel, tried_at, ok, answer, failures, next_try_at, digest_at)
    values (${workspace}, ${channel}, ${time(triedAt)}, ${ok}, ${answer}, ${failures}, ${time(nextTryAt)}, ${time(digestAt)})
    on conflict (workspace_id, channel) do update set tried_at = excluded.tried_at, ok = excluded.ok, answer = excluded.answer,
      failures = excluded.failures, next_try_at = excluded.next_try_at, digest_at = excluded.digest_at`;
}
