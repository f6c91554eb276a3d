/** The scope of a pack of one access review: its people, at its applications. */
import type { Db } from "../../db/client.ts";
import type { RecordFilter } from "../../db/log/read-records.ts";
import { readHoldings } from "../../db/queries/links.ts";
import { applicationKey } from "../lifecycle/refs.ts";
import type { Model } from "../reports/model.ts";
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

/** What the model says of the review's people: of its applications, and of none in particular. */
export function narrowed(model: Model, { subjects, applications }: ReviewScope): Model {
  const own = <T extends { subject: string }>(rows: readonly T[]): T[] =>
    rows.filter(
      (row) =>
        subjects.has(row.subject) &&
        (!("application" in row) || applications.has(applicationKey(String(row.application)))),
    );
  return {
    ...model,
    identities: own(model.identities),
    accounts: own(model.accounts),
    cases: own(model.cases),
    steps: own(model.steps),
    failures: own(model.failures),
    coverage: own(model.coverage),
    credentials: own(model.credentials),
    entitlements: own(model.entitlements),
    joinerCases: own(model.joinerCases),
    joinerSteps: own(model.joinerSteps),
    moverSteps: own(model.moverSteps),
    moves: own(model.moves),
    drift: own(model.drift),
    sightings: own(model.sightings),
    scheduled: own(model.scheduled),
    people: new Map([...model.people].filter(([subject]) => subjects.has(subject))),
  };
}

/** The records behind it: what was done in the review, and what concerns its people at its applications or at none. */
export async function recordsOfReview(
  db: Db,
  workspace: string,
  { review, subjects, applications }: ReviewScope,
): Promise<RecordFilter> {
  const holdings = await readHoldings(db.sql, workspace);
  const seen = new Set(holdings.filter(({ subject }) => subjects.has(subject)).map(({ ref }) => ref));
  return (events, refs) =>
    events.some(({ layer, attributes, application }, i) =>
      layer === "governance"
        ? attributes?.review === review
        : seen.has(refs[i] ?? "") &&
          (application === null || applications.has(applicationKey(application.name))),
    );
}
