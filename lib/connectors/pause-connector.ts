/** Has a connector read nothing until it is resumed; where it stands is kept. */
import type { Db } from "../../db/client.ts";
import { storeConnector } from "../../db/queries/connectors.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { connectorNamed } from "./named.ts";

/** @throws {AccessProblem} {@link ConnectorProblem} */
export async function pauseConnector(db: Db, workspace: string, by: Caller, name: string): Promise<void> {
  await act({ db, workspace, by }, "operate", "pause-connector", async (sql) => {
    const stored = await connectorNamed(sql, workspace, name);
    await storeConnector(sql, workspace, { ...stored, paused: true, setBy: by.actor.name });
    return {
      result: undefined,
      object: name,
      before: { paused: stored.paused },
      after: { paused: true },
      nothing: stored.paused,
    };
  });
}
