/** The scope of a pack of one access review: its people, at its applications. */
import type { Db } from "../../db/client.ts";
import type { RecordFilter } from "../../db/log/read-records.ts";
import { readHoldingsOf } from "../../db/queries/links.ts";
import { applicationKey } from "../lifecycle/refs.ts";
import type { Projection } from "../lifecycle/types.ts";
import { foldedLog } from "../reviews/refold.ts";
import { EvidenceError } from "./error.ts";

export interface ReviewScope {
  /** Its id. */
  review: string;
  subjects: ReadonlySet<string>;
  /** Keys of applications. */
  applications: ReadonlySet<string>;
}

/**
 * @param asOf in milliseconds.
 * @throws {EvidenceError} when no review of that id had been opened by then.
 */
export async function scopeOfReview(
  db: Db,
  workspace: string,
  review: string,
  asOf: number,
): Promise<ReviewScope> {
  const items = (await foldedLog(db.sql, workspace, asOf)).items.get(review);
  if (items === undefined)
    throw new EvidenceError(
      "no-review",
      `No access review with the id ${review} had been opened by ${new Date(asOf).toISOString()}.`,
    );
  const frozen = [...items.values()].map((item) => item.frozen);
  return {
    review,
    subjects: new Set(frozen.flatMap(({ subject }) => (subject === null ? [] : [subject]))),
    applications: new Set(frozen.map(({ application }) => applicationKey(application))),
  };
}

/** Of people's rows those of the review's people: of its applications, and of none in particular. */
export function narrowed(rows: Projection, { subjects, applications }: ReviewScope): Projection {
  const isWanted = (row: { subject: string; application?: string }) =>
    subjects.has(row.subject) &&
    (row.application === undefined || applications.has(applicationKey(row.application)));
  return Object.fromEntries(
    Object.entries(rows).map(([kind, own]) => [kind, own.filter(isWanted)]),
  ) as unknown as Projection;
}

/** The records behind it: what was done in the review, and what concerns its people at its applications or at none. */
export async function recordsOfReview(
  db: Db,
  workspace: string,
  { review, subjects, applications }: ReviewScope,
): Promise<RecordFilter> {
  const holdings = await readHoldingsOf(db.sql, workspace, [...subjects]);
  const seen = new Set(holdings.map(({ ref }) => ref));
  return (events, refs) =>
    events.some(({ layer, attributes, application }, i) =>
      layer === "governance"
        ? attributes?.review === review
        : seen.has(refs[i] ?? "") &&
          (application === null || applications.has(applicationKey(application.name))),
    );
}
