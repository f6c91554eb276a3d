/** Sources that vendors push into. */
import type { SqlSession } from "../client.ts";
import { json } from "../json.ts";
import type { pushSources } from "../schema.ts";

/** Times in milliseconds since 1970. */
export type PushSource = Omit<typeof pushSources.$inferSelect, "workspaceId"> & { customer: string | null };

/** All of the workspace in the order of their names, or the one of a name, or of an address. */
export async function readPushSources(
  sql: SqlSession,
  workspace: string,
  { source = null, push = null }: { source?: string | null; push?: string | null } = {},
): Promise<PushSource[]> {
  const ms = (column: string) => sql`(extract(epoch from p.${sql(column)}) * 1000)::float8`;
  return sql<PushSource[]>`
    select p.source, p.push, p.kind, p.settings, p.secret, p.ingest, ${ms("set_at")} "setAt", p.set_by "setBy",
      p.records::float8 records, ${ms("last_received_at")} "lastReceivedAt", ${ms("last_refused_at")} "lastRefusedAt",
      p.last_refusal "lastRefusal", s.customer
    from push_sources p join sources s using (workspace_id, source)
    where p.workspace_id = ${workspace} and (${source}::text is null or p.source = ${source})
      and (${push}::uuid is null or p.push = ${push})
    order by p.source collate "C"`;
}

export type NewPushSource = Pick<
  PushSource,
  "source" | "push" | "kind" | "settings" | "secret" | "ingest" | "setBy"
>;

/** @returns false when something is pushed into a source of that name already. */
export async function insertPushSource(
  sql: SqlSession,
  workspace: string,
  row: NewPushSource,
): Promise<boolean> {
  const made = await sql`
    insert into push_sources (workspace_id, source, push, kind, settings, secret, ingest, set_at, set_by)
    values (${workspace}, ${row.source}, ${row.push}, ${row.kind}, ${json(sql, row.settings)}, ${row.secret},
      ${row.ingest}, now(), ${row.setBy})
    on conflict do nothing`;
  return made.count > 0;
}

/** Changes how its deliveries are told from others'. */
export async function updatePushSource(
  sql: SqlSession,
  workspace: string,
  { source, settings, secret, setBy }: Pick<PushSource, "source" | "settings" | "secret" | "setBy">,
): Promise<void> {
  await sql`
    update push_sources set settings = ${json(sql, settings)}, secret = ${secret}, set_at = now(), set_by = ${setBy}
    where workspace_id = ${workspace} and source = ${source}`;
}

/** Forgets its address and its secret; its records stay. */
export async function deletePushSource(sql: SqlSession, workspace: string, source: string): Promise<void> {
  await sql`delete from push_sources where workspace_id = ${workspace} and source = ${source}`;
}

/** Notes that something came. @param accepted records of it that were new to the log. */
export async function noteReceived(
  sql: SqlSession,
  workspace: string,
  source: string,
  accepted: number,
): Promise<void> {
  await sql`
    update push_sources set last_received_at = now(), records = records + ${accepted}
    where workspace_id = ${workspace} and source = ${source}`;
}

/** Notes that something was refused; once a second at most, whatever comes in. @param why in a sentence. */
export async function noteRefused(
  sql: SqlSession,
  workspace: string,
  source: string,
  why: string,
): Promise<void> {
  await sql`
    update push_sources set last_refused_at = now(), last_refusal = ${why}
    where workspace_id = ${workspace} and source = ${source}
      and (last_refused_at is null or last_refused_at < now() - interval '1 second')`;
}
