/** Begins what a connector brings in: one ingest for all of its runs, since each goes on where the one before it ended. */
import type { Db } from "../../db/client.ts";
import type { Connector as Stored } from "../../db/queries/connectors.ts";
import { startIngest } from "../../db/queries/ingests.ts";
import { act } from "../auth/act.ts";
import { rollcallItself } from "../auth/caller.ts";

/**
 * @param ingest its id; where it has begun before, nothing happens.
 * @param format of the records.
 */
export async function pullRecords(
  db: Db,
  workspace: string,
  { name, source, customer }: Pick<Stored, "name" | "source" | "customer">,
  ingest: string,
  format: string,
): Promise<void> {
  await act({ db, workspace, by: rollcallItself() }, "ingest", "pull-records", async (sql) => {
    const file = `connector ${name}`;
    const begun = await startIngest(sql, workspace, { ingest, source, format, file, bytesTotal: null });
    return { result: undefined, object: name, after: { ingest, source, format, customer }, nothing: !begun };
  });
}
