/** What somebody decided for single applications. */
import { and, eq } from "drizzle-orm";
import type { Db } from "../client.ts";
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

/** Sets what holds for an application, in place of what was set before. */
export async function setApplicationSettings(
  db: Db,
  workspace: string,
  settings: ApplicationSettings,
): Promise<void> {
  const { application, ...values } = settings;
  await db.orm
    .insert(applicationSettings)
    .values({ workspaceId: workspace, application, ...values })
    .onConflictDoUpdate({
      target: [applicationSettings.workspaceId, applicationSettings.application],
      set: values,
    });
}

/** Takes away what is set: the defaults hold again. */
export async function removeApplicationSettings(
  db: Db,
  workspace: string,
  application: string,
): Promise<void> {
  await db.orm
    .delete(applicationSettings)
    .where(
      and(eq(applicationSettings.workspaceId, workspace), eq(applicationSettings.application, application)),
    );
}
