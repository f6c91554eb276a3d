/** Forgets a connector, its secret and where it stood; its records stay. */
import type { Db } from "../../db/client.ts";
import { deleteConnector } from "../../db/queries/connectors.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { connectorNamed } from "./named.ts";

/** @throws {AccessProblem} {@link ConnectorProblem} */
export async function removeConnector(db: Db, workspace: string, by: Caller, name: string): Promise<void> {
  await act({ db, workspace, by }, "operate", "remove-connector", async (sql) => {
    const { connector, kind, source, settings } = await connectorNamed(sql, workspace, name);
    await deleteConnector(sql, workspace, connector);
    return { result: undefined, object: name, before: { kind, source, settings } };
  });
}
