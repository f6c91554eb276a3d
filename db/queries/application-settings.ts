/** What somebody decided for single applications. */
import { eq } from "drizzle-orm";
import type { Db, SqlSession } from "../client.ts";
import { applicationSettings } from "../schema.ts";

export type ApplicationSettings = Omit<typeof applicationSettings.$inferSelect, "workspaceId">;

/** All that is set, in the order of the applications' keys. */
export async function readApplicationSettings(db: Db, workspace: string): Promise<ApplicationSettings[]> {
  const rows = await db.orm
    .select()
    .from(applicationSettings)
    .where(eq(applicationSettings.workspaceId, workspace));
  return rows
    .map(({ workspaceId: _workspace, ...row }) => row)
    .sort((a, b) => (a.application < b.application ? -1 : 1));
}

/** Hours within which accounts of an application are to end; null: nothing was set. */
export async function readSlaHours(
  sql: SqlSession,
  workspace: string,
  application: string,
): Promise<number | null> {
  const [row] = await sql<{ hours: number | null }[]>`
    select sla_hours::float8 hours from application_settings
    where workspace_id = ${workspace} and application = ${application}`;
  return row?.hours ?? null;
}

/** Sets what holds for an application, in place of what was set before. */
export async function setApplicationSettings(
  sql: SqlSession,
  workspace: string,
  { application, label, slaHours, setBy }: Omit<ApplicationSettings, "setAt">,
): Promise<void> {
  await sql`
    insert into application_settings (workspace_id, application, label, sla_hours, set_at, set_by)
    values (${workspace}, ${application}, ${label}, ${slaHours}, now(), ${setBy})
    on conflict (workspace_id, application) do update set label = excluded.label, sla_hours = excluded.sla_hours,
      set_at = excluded.set_at, set_by = excluded.set_by`;
}

/** Takes away what is set: the defaults hold again. */
export async function removeApplicationSettings(
  sql: SqlSession,
  workspace: string,
  application: string,
): Promise<void> {
  await sql`delete from application_settings where workspace_id = ${workspace} and application = ${application}`;
}
