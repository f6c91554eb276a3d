/** A model for what is told of some people alone. */
import type { Db } from "../../db/client.ts";
import { readDocumentsOf } from "../../db/queries/projection.ts";
import { addRows, emptyProjection } from "../lifecycle/project.ts";
import type { SubjectId } from "../lifecycle/types.ts";
import type { ReportParams } from "./contract.ts";
import { keptAbout } from "./editions/about.ts";
import { isKept } from "./editions/large.ts";
import { loadModel, type Model, peopleAt } from "./model.ts";

/**
 * @param subjects those that are asked about. Of a large workspace the model holds none else; what all people tell together is as
 *   of the last time that it was worked out.
 * @throws {ReportPending} when that was never done.
 */
export async function modelOf(
  db: Db,
  workspace: string,
  params: Pick<ReportParams, "customer">,
  subjects: readonly SubjectId[],
): Promise<Model> {
  if (!(await isKept(db, workspace, params))) return loadModel(db, workspace, params);
  const [about, documents] = await Promise.all([
    keptAbout(db, workspace, {}),
    readDocumentsOf(db.sql, workspace, [...new Set(subjects)]),
  ]);
  const rows = emptyProjection();
  for (const subject of [...documents.keys()].sort()) addRows(rows, documents.get(subject) ?? {});
  return { ...about, ...peopleAt(rows, about.asOf), holdings: null };
}
