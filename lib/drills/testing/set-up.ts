/** Drills for tests: an application with a SCIM service of its own, and the pace of somebody in a hurry. */
import type { Db } from "../../../db/client.ts";
import { commandLine } from "../../auth/caller.ts";
import { setScimConnection } from "../../scim/set-scim-connection.ts";
import type { ScimService } from "../../scim/testing.ts";
import type { Pace } from "../plan.ts";
import { type DrillsChange, setDrills } from "../set-drills.ts";

export const INSTALLATION = "secret of this installation";

export const HURRIED: Pace = { patienceMs: 250, firstMs: 10, mostMs: 50 };

/** Sets the application's connection up, and drills on. */
export async function setUpDrills(
  db: Db,
  workspace: string,
  label: string,
  service: Pick<ScimService, "url" | "token">,
  change: DrillsChange = {},
  ending: "deactivate" | "delete" = "deactivate",
): Promise<void> {
  const connection = { url: service.url, token: service.token, writes: true, ending };
  await setScimConnection(db, workspace, commandLine(), label, connection, INSTALLATION);
  await setDrills(db, workspace, commandLine(), label, { active: true, ...change });
}
