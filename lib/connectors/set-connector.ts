/** Changes a connector's settings, its secret, or how often it runs. */
import type { Db } from "../../db/client.ts";
import { askForWork } from "../../db/queries/connector-work.ts";
import { storeConnector } from "../../db/queries/connectors.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { everyOf, secretOf } from "./input.ts";
import { connectorNamed } from "./named.ts";
import { ConnectorProblem } from "./problem.ts";
import { connectorOf } from "./registry.ts";
import { openSecret, sealSecret } from "./secret.ts";
import { settingsOf, vendorOf } from "./vendor.ts";

/** What changes; null stays as it is. */
export interface ConnectorChange {
  settings: Record<string, unknown> | null;
  secret: string | null;
  everySeconds: number | null;
}

/**
 * It runs anew at once, from where it was.
 * @param change a secret may be left out while the vendor's address stays: none is sent where it was not meant for.
 * @param installation the secret of this installation.
 * @throws {AccessProblem} {@link ConnectorProblem}
 */
export async function setConnector(
  db: Db,
  workspace: string,
  by: Caller,
  name: string,
  change: ConnectorChange,
  installation: string,
): Promise<void> {
  await act({ db, workspace, by }, "operate", "set-connector", async (sql) => {
    const stored = await connectorNamed(sql, workspace, name);
    const connector = connectorOf(stored.kind);
    const settings = change.settings ?? stored.settings;
    const secret = change.secret === null ? null : secretOf(change.secret);
    if (secret === null && change.settings !== null) {
      const [before, after] = [stored.settings, settings].map((some) =>
        addressesOf(settingsOf(connector, some)),
      );
      if (before !== after)
        throw new ConnectorProblem(
          "secret-needed",
          "Give the secret too: it is sent only to the address that it was given for.",
        );
    }
    vendorOf(stored.kind, settings, secret ?? (await openSecret(installation, stored)));
    const everySeconds =
      change.everySeconds === null ? stored.everySeconds : everyOf(connector, change.everySeconds);
    await storeConnector(sql, workspace, {
      ...stored,
      settings,
      everySeconds,
      secret: secret === null ? stored.secret : await sealSecret(installation, secret),
      setBy: by.actor.name,
    });
    await askForWork(sql, workspace, { connector: stored.connector });
    return {
      result: undefined,
      object: name,
      before: { settings: stored.settings, everySeconds: stored.everySeconds },
      after: { settings, everySeconds, secret: secret === null ? "kept" : "set" },
    };
  });
}

/** All that may name where a secret goes, as one text. */
function addressesOf(settings: unknown): string {
  const { url, graph, login, tenant, clientId } = settings as Record<string, unknown>;
  return JSON.stringify([url, graph, login, tenant, clientId]);
}
