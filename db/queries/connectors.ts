/** Connectors as people set them up. */
import type { SqlSession } from "../client.ts";
import { json } from "../json.ts";
import type { connectors } from "../schema.ts";

export type Connector = Omit<typeof connectors.$inferSelect, "workspaceId">;

/** All of the workspace, or the one of that name or id; in the order of their names. */
export async function readConnectors(
  sql: SqlSession,
  workspace: string,
  named: string | null = null,
): Promise<Connector[]> {
  return sql<Connector[]>`
    select connector, name, kind, source, customer, settings, secret, every_seconds "everySeconds", paused,
      extract(epoch from set_at)::float8 * 1000 "setAt", set_by "setBy"
    from connectors where workspace_id = ${workspace} and (${named}::text is null or name = ${named} or connector::text = ${named})
    order by name collate "C"`;
}

/** Puts a connector in place of what it was. */
export async function storeConnector(
  sql: SqlSession,
  workspace: string,
  {
    connector,
    name,
    kind,
    source,
    customer,
    settings,
    secret,
    everySeconds,
    paused,
    setBy,
  }: Omit<Connector, "setAt">,
): Promise<void> {
  await sql`
    insert into connectors (workspace_id, connector, name, kind, source, customer, settings, secret, every_seconds, paused, set_at, set_by)
    values (${workspace}, ${connector}, ${name}, ${kind}, ${source}, ${customer}, ${json(sql, settings)}, ${secret},
      ${everySeconds}, ${paused}, now(), ${setBy})
    on conflict (workspace_id, connector) do update set name = excluded.name, settings = excluded.settings,
      secret = excluded.secret, every_seconds = excluded.every_seconds, paused = excluded.paused, set_at = excluded.set_at,
      set_by = excluded.set_by`;
}

/** Takes a connector away, with how far it had come; its records stay. */
export async function deleteConnector(sql: SqlSession, workspace: string, connector: string): Promise<void> {
  await sql`delete from connector_work where workspace_id = ${workspace} and connector = ${connector}`;
  await sql`delete from connectors where workspace_id = ${workspace} and connector = ${connector}`;
}
