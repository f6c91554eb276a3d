/** Has a connector run at once, also what was set aside. */
import type { Db } from "../../db/client.ts";
import { askForWork } from "../../db/queries/connector-work.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { connectorNamed } from "./named.ts";
import { ConnectorProblem } from "./problem.ts";

/**
 * @param work a backfill of it; null: what is new.
 * @throws {AccessProblem} {@link ConnectorProblem}
 */
export async function runConnector(
  db: Db,
  workspace: string,
  by: Caller,
  name: string,
  work: string | null = null,
): Promise<void> {
  await act({ db, workspace, by }, "operate", "run-connector", async (sql) => {
    const { connector } = await connectorNamed(sql, workspace, name);
    const asked = await askForWork(sql, workspace, { connector, work });
    if (asked === 0)
      throw new ConnectorProblem("unknown-connector", "There is no such backfill, or it is done.");
    return { result: undefined, object: name, after: { backfill: work } };
  });
}
