/** SCIM services of applications. */
import type { SqlSession } from "../client.ts";
import type { scimConnections } from "../schema.ts";

export type ScimConnection = Omit<typeof scimConnections.$inferSelect, "workspaceId">;

/** Of the applications named by their keys, or of all; in the order of the keys. */
export async function readScimConnections(
  sql: SqlSession,
  workspace: string,
  applications: readonly string[] | null = null,
): Promise<ScimConnection[]> {
  return sql<ScimConnection[]>`
    select application, label, url, token, writes, ending, extract(epoch from set_at)::float8 * 1000 "setAt", set_by "setBy"
    from scim_connections where workspace_id = ${workspace}
      and (${applications === null} or application = any(${applications ?? []}))
    order by application collate "C"`;
}

/** Sets it, in place of what was set before. */
export async function storeScimConnection(
  sql: SqlSession,
  workspace: string,
  { application, label, url, token, writes, ending, setBy }: Omit<ScimConnection, "setAt">,
): Promise<void> {
  await sql`
    insert into scim_connections (workspace_id, application, label, url, token, writes, ending, set_at, set_by)
    values (${workspace}, ${application}, ${label}, ${url}, ${token}, ${writes}, ${ending}, now(), ${setBy})
    on conflict (workspace_id, application) do update set label = excluded.label, url = excluded.url, token = excluded.token,
      writes = excluded.writes, ending = excluded.ending, set_at = excluded.set_at, set_by = excluded.set_by`;
}

export async function deleteScimConnection(
  sql: SqlSession,
  workspace: string,
  application: string,
): Promise<void> {
  await sql`delete from scim_connections where workspace_id = ${workspace} and application = ${application}`;
}
