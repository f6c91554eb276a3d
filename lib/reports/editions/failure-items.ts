/** Who is affected by a cause of failures, in a large workspace: a block of the edition that has the items of all causes. */
import type { Db } from "../../../db/client.ts";
import { findBlock } from "../../../db/queries/editions.ts";
import type { FailureItemRow } from "../../lifecycle/types.ts";
import type { ReportParams } from "../contract.ts";
import { listIn } from "./decode.ts";
import { keptDocument } from "./documents.ts";

/** @returns none when there is no such group. @throws {ReportPending} */
export async function keptItems(
  db: Db,
  workspace: string,
  group: string,
  { asOf }: Pick<ReportParams, "asOf">,
): Promise<FailureItemRow[]> {
  // No id holds NUL, and the database can't be asked for it.
  if (group.includes("\0")) return [];
  const { edition } = await keptDocument<null>(db, workspace, "failure-items", { asOf });
  const bytes = await findBlock(db.sql, workspace, edition, `group ${group}`);
  const [items = []] = bytes === null ? [] : (listIn(bytes) as FailureItemRow[][]);
  return items;
}
