/** A connector by its name. */
import type { SqlSession } from "../../db/client.ts";
import { readConnectors, type Connector as Stored } from "../../db/queries/connectors.ts";
import { ConnectorProblem } from "./problem.ts";

/** @throws {ConnectorProblem} when there is none of that name. */
export async function connectorNamed(sql: SqlSession, workspace: string, name: string): Promise<Stored> {
  const [found] = await readConnectors(sql, workspace, name);
  if (found !== undefined) return found;
  throw new ConnectorProblem("unknown-connector", `There is no connector called "${name}".`);
}
