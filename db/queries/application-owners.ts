/** Who owns an application. */
import type { SqlSession } from "../client.ts";

/** The member who owns each application, by its key. */
export async function readApplicationOwners(
  sql: SqlSession,
  workspace: string,
): Promise<Map<string, string>> {
  const rows = await sql<{ application: string; member: string }[]>`
    select application, member from application_owners where workspace_id = ${workspace}`;
  return new Map(rows.map(({ application, member }) => [application, member]));
}

/** Sets an application's owner in place of the one before; null: none. */
export async function setOwner(
  sql: SqlSession,
  workspace: string,
  {
    application,
    label,
    member,
    setBy,
  }: { application: string; label: string; member: string | null; setBy: string },
): Promise<void> {
  if (member === null) {
    await sql`delete from application_owners where workspace_id = ${workspace} and application = ${application}`;
    return;
  }
  await sql`
    insert into application_owners (workspace_id, application, label, member, set_at, set_by)
    values (${workspace}, ${application}, ${label}, ${member}, now(), ${setBy})
    on conflict (workspace_id, application) do update set label = excluded.label, member = excluded.member,
      set_at = excluded.set_at, set_by = excluded.set_by`;
}
