/** Asks for a drill at once: a worker runs it. */
import type { Db } from "../../db/client.ts";
import { readDrillSettings, readDrills, storeDrillTurn } from "../../db/queries/drills.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { applicationNamed } from "./named.ts";
import { DrillProblem } from "./problem.ts";

/**
 * @param label of the application, in any spelling.
 * @throws {DrillProblem} when drills are off there, or one has not ended; {@link AccessProblem}
 */
export async function askForDrill(db: Db, workspace: string, by: Caller, label: string): Promise<void> {
  const application = applicationNamed(label);
  await act({ db, workspace, by }, "operate", "ask-for-drill", async (sql) => {
    const [settings] = await readDrillSettings(sql, workspace, application);
    if (settings?.active !== true)
      throw new DrillProblem("not-on", `Drills are off for ${label}. An admin switches them on first.`);
    const [open] = await readDrills(sql, workspace, { application, open: true, limit: 1 });
    if (open !== undefined)
      throw new DrillProblem(
        "running",
        open.keptAt === null
          ? `A drill is running at ${settings.label}.`
          : `What the last drill made at ${settings.label} is not cleaned up yet.`,
      );
    const askedBy = by.actor.name;
    await storeDrillTurn(sql, workspace, application, { nextRunAt: Date.now(), askedBy, problem: null });
    return { result: undefined, object: settings.label };
  });
}
