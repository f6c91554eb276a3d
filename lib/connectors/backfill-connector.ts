/** Has a connector fetch a past time, beside what is new. */
import { randomUUID } from "node:crypto";
import type { Db } from "../../db/client.ts";
import { addWork } from "../../db/queries/connector-work.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { iso } from "../reports/base.ts";
import type { Window } from "./connector.ts";
import { connectorNamed } from "./named.ts";
import { ConnectorProblem } from "./problem.ts";
import { connectorOf } from "./registry.ts";

/**
 * @param window what the vendor has forgotten of it is left out.
 * @returns the backfill's id.
 * @throws {AccessProblem} {@link ConnectorProblem}
 */
export async function backfillConnector(
  db: Db,
  workspace: string,
  by: Caller,
  name: string,
  window: Window,
): Promise<string> {
  return act({ db, workspace, by }, "operate", "backfill-connector", async (sql) => {
    const { connector, kind } = await connectorNamed(sql, workspace, name);
    const { days, label } = connectorOf(kind);
    if (days === null)
      throw new ConnectorProblem(
        "bad-window",
        `${label} tells what is, and not what was: there is no past to fetch.`,
      );
    const now = Date.now();
    const from = Math.max(window.from, now - days * 86_400_000);
    const to = Math.min(window.to, now);
    if (!(from < to))
      throw new ConnectorProblem(
        "bad-window",
        `Give a time that ends after it begins, and within the last ${days} days: the vendor keeps no more.`,
      );
    const work = randomUUID();
    await addWork(sql, workspace, work, connector, { from, to });
    return { result: work, object: name, after: { from: iso(from), to: iso(to) } };
  });
}
