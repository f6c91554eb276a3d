/** Whether the stored read models are what the log gives. */
import type { Db } from "../../db/client.ts";
import { wrongHours } from "../../db/queries/completeness.ts";
import { type Document, readDocuments } from "../../db/queries/projection.ts";
import { refresh } from "../ingest/refresh.ts";
import type { Projection, SubjectId } from "../lifecycle/types.ts";
import { reviewTexts } from "../reviews/refold.ts";
import { projectLog } from "./history.ts";
import { rowsOf } from "./stored.ts";

/** A row that is stored and should not be, or should be and is not; a changed row is one of each. */
export interface Difference {
  kind: keyof Projection | "eventHours" | "reviews";
  is: "stored" | "computed";
  row: string;
}

/** A row as text, its members in one order. */
const canonical = (row: object): string =>
  JSON.stringify(Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))));

/** The rows of one list that the other lacks, each as often as it is missing. */
function missing(from: readonly string[], other: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const row of other) counts.set(row, (counts.get(row) ?? 0) + 1);
  return from.filter((row) => {
    const left = counts.get(row) ?? 0;
    counts.set(row, left - 1);
    return left <= 0;
  });
}

/** Works the read models out beside those stored and names every row that differs. */
export async function differences(db: Db, workspace: string): Promise<Difference[]> {
  await refresh(db, workspace);
  const computed = rowsOf((await projectLog(db, workspace, {})).documents);
  const documents = new Map<SubjectId, Document>();
  // All of them, whatever this process has read before: they are what is in doubt.
  await readDocuments(db, workspace, -1, (subject, document) => documents.set(subject, document));
  const stored = rowsOf(documents);
  const rows = (Object.keys(computed) as (keyof Projection)[]).flatMap((kind) => {
    const fresh = computed[kind].map(canonical);
    const kept = stored[kind].map(canonical);
    return [
      ...missing(kept, fresh).map((row): Difference => ({ kind, is: "stored", row })),
      ...missing(fresh, kept).map((row): Difference => ({ kind, is: "computed", row })),
    ];
  });
  const hours = await wrongHours(db, workspace);
  const reviews = await reviewTexts(db, workspace);
  return [
    ...rows,
    ...hours.map(({ is, row }): Difference => ({ kind: "eventHours", is, row })),
    ...missing(reviews.stored, reviews.computed).map(
      (row): Difference => ({ kind: "reviews", is: "stored", row }),
    ),
    ...missing(reviews.computed, reviews.stored).map(
      (row): Difference => ({ kind: "reviews", is: "computed", row }),
    ),
  ];
}
