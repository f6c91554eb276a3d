/** Sets up a connector: from then on workers read what its vendor has. */
import { randomUUID } from "node:crypto";
import type { Db } from "../../db/client.ts";
import { addWork } from "../../db/queries/connector-work.ts";
import { readConnectors, storeConnector } from "../../db/queries/connectors.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { everyOf, nameOf, secretOf } from "./input.ts";
import { ConnectorProblem } from "./problem.ts";
import { connectorOf } from "./registry.ts";
import { sealSecret } from "./secret.ts";
import { vendorOf } from "./vendor.ts";

export interface NewConnector {
  name: string;
  kind: string;
  settings: Record<string, unknown>;
  secret: string;
  /** Null: the connector's own. */
  source: string | null;
  customer: string | null;
  everySeconds: number | null;
}

/**
 * @param installation the secret of this installation, under which the connector's is kept.
 * @throws {AccessProblem} {@link ConnectorProblem}
 */
export async function addConnector(
  db: Db,
  workspace: string,
  by: Caller,
  { name: named, kind, settings, secret: given, source: into, customer, everySeconds }: NewConnector,
  installation: string,
): Promise<void> {
  await act({ db, workspace, by }, "operate", "add-connector", async (sql) => {
    const connector = connectorOf(kind);
    const name = nameOf(named, "connector");
    const source = nameOf(into ?? connector.source ?? name, "source");
    const every = everyOf(connector, everySeconds);
    const secret = secretOf(given);
    // What it can't read is told now and not at its first run.
    vendorOf(kind, settings, secret);
    const [there] = await readConnectors(sql, workspace, name);
    if (there !== undefined)
      throw new ConnectorProblem(
        "known-name",
        `There is a connector called ${name}. Give this one another name.`,
      );
    const id = randomUUID();
    const after = { kind, source, customer, settings, everySeconds: every };
    await storeConnector(sql, workspace, {
      connector: id,
      name,
      ...after,
      secret: await sealSecret(installation, secret),
      paused: false,
      setBy: by.actor.name,
    });
    await addWork(sql, workspace, randomUUID(), id, null);
    return { result: undefined, object: name, after };
  });
}
