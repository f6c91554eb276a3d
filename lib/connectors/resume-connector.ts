/** Has a connector go on where it was paused. */
import type { Db } from "../../db/client.ts";
import { askForWork } from "../../db/queries/connector-work.ts";
import { storeConnector } from "../../db/queries/connectors.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { connectorNamed } from "./named.ts";

/** @throws {AccessProblem} {@link ConnectorProblem} */
export async function resumeConnector(db: Db, workspace: string, by: Caller, name: string): Promise<void> {
  await act({ db, workspace, by }, "operate", "resume-connector", async (sql) => {
    const stored = await connectorNamed(sql, workspace, name);
    await storeConnector(sql, workspace, { ...stored, paused: false, setBy: by.actor.name });
    await askForWork(sql, workspace, { connector: stored.connector });
    return {
      result: undefined,
      object: name,
      before: { paused: stored.paused },
      after: { paused: false },
      nothing: stored.paused === false,
    };
  });
}
