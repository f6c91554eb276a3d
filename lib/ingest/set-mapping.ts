/** Which columns of a source's tables hold what: named once, kept for the next time. */
import type { Db } from "../../db/client.ts";
import { readMapping, writeMapping } from "../../db/queries/source-mappings.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import type { ColumnMapping } from "./adapters/table.ts";

/** Keeps the mapping in place of the one before. @throws {AccessProblem} */
export async function setMapping(
  db: Db,
  workspace: string,
  by: Caller,
  source: string,
  mapping: ColumnMapping,
): Promise<void> {
  await act({ db, workspace, by }, "ingest", "set-mapping", async (sql) => {
    const before = await readMapping(sql, workspace, source);
    await writeMapping(sql, workspace, source, mapping);
    return { result: undefined, object: source, before, after: mapping };
  });
}
