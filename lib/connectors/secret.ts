/** A connector's secret: encrypted in the database, with a key that is not there. */
import type { Connector as Stored } from "../../db/queries/connectors.ts";
import { seal, unseal } from "../auth/seal.ts";
import { ConnectorProblem } from "./problem.ts";

/** What it is encrypted for; see lib/auth/seal.ts. */
const PURPOSE = "connector secret";

/** @param installation the secret of this installation. */
export const sealSecret = (installation: string, secret: string): Promise<Buffer> =>
  seal(installation, PURPOSE, secret);

/** @throws {ConnectorProblem} when it was kept under another secret of this installation. */
export async function openSecret(
  installation: string,
  { name, secret }: Pick<Stored, "name" | "secret">,
): Promise<string> {
  const open = await unseal(installation, PURPOSE, secret);
  if (open !== null) return open;
  throw new ConnectorProblem(
    "secret-needed",
    `The secret of the connector ${name} was kept under another secret of this installation. Give it anew.`,
  );
}
