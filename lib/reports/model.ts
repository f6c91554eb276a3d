/** What reports are made of: the read models as stored, or worked out anew for a past time or for one customer. */
import type { Db } from "../../db/client.ts";
import { newestEventAt } from "../../db/log/hours.ts";
import { type ApplicationSettings, readApplicationSettings } from "../../db/queries/application-settings.ts";
import { type FailureDecision, readFailureDecisions } from "../../db/queries/failure-decisions.ts";
import { isIngesting } from "../../db/queries/ingests.ts";
import { refresh } from "../ingest/refresh.ts";
import type { Holding } from "../lifecycle/linking.ts";
import type { IdentityRow, LeaverCase, Projection, SubjectId } from "../lifecycle/types.ts";
import type { ReportParams } from "./contract.ts";
import { projectLog } from "./history.ts";
import { slasOf } from "./settings.ts";
import { loadSources, type SourceFacts } from "./source-facts.ts";
import { rowsOf, storedProjection } from "./stored.ts";

/** An identity as it stands at `asOf`. */
type Person = Omit<IdentityRow, "inactiveFrom"> & { active: boolean };

export interface Model extends Projection {
  asOf: number;
  sources: SourceFacts[];
  /** The identity row of each subject. */
  people: Map<SubjectId, Person>;
  /** Leaver cases that begin after `asOf`; `cases` and `steps` hold those that have begun. */
  scheduled: LeaverCase[];
  /** The label of each application key, spelled as it was seen last. */
  labels: Map<string, string>;
  /** What was set for applications, whatever `asOf`. */
  applicationSettings: ApplicationSettings[];
  /** What was decided of failures up to `asOf`; of one customer's records nothing: it is the workspace's own. */
  failureDecisions: FailureDecision[];
  /** Who is who, where the sources of one customer alone were asked; null: as stored. */
  holdings: Holding[] | null;
  /** Milliseconds within which a leaver's account at the application, named by label or key, ends. */
  slaOf: (application: string) => number;
}

async function projectionFor(
  db: Db,
  workspace: string,
  asOf: number,
  sources: readonly SourceFacts[] | null,
): Promise<{ projection: Projection; holdings: Holding[] | null }> {
  const newest = await newestEventAt(db, workspace);
  if (sources === null && (newest === null || asOf >= newest)) {
    return { projection: (await storedProjection(db, workspace)).projection, holdings: null };
  }
  const names = sources?.map((source) => source.source);
  const { documents, holdings } = await projectLog(db, workspace, { to: asOf, sources: names });
  return { projection: rowsOf(documents), holdings: sources === null ? null : holdings };
}

function labelsOf(sightings: Projection["sightings"]): Map<string, string> {
  const newest = new Map<string, { label: string; labelAt: number }>();
  for (const { application, label, labelAt } of sightings) {
    const known = newest.get(application);
    const later =
      known === undefined || labelAt > known.labelAt || (labelAt === known.labelAt && label > known.label);
    if (later) newest.set(application, { label, labelAt });
  }
  return new Map([...newest].map(([application, { label }]) => [application, label]));
}

function personAt({ inactiveFrom, ...identity }: IdentityRow, asOf: number): Person {
  return { ...identity, active: inactiveFrom === null || inactiveFrom > asOf };
}

/**
 * @returns the rows as the log stood at `params.asOf` (event time, default now), of one customer's sources when
 *   `params.customer` is given.
 */
export async function loadModel(db: Db, workspace: string, params: ReportParams): Promise<Model> {
  const asOf = params.asOf ?? Date.now();
  // What an ingest that died had left undone is done before anything is said; one that lives does it itself.
  if (!(await isIngesting(db, workspace))) await refresh(db, workspace, { wait: false });
  const all = await loadSources(db, workspace, params.asOf ?? null, asOf);
  const own =
    params.customer === undefined ? null : all.filter((source) => source.customer === params.customer);
  const { projection, holdings } = await projectionFor(db, workspace, asOf, own);
  const decisions = params.customer === undefined ? await readFailureDecisions(db.sql, workspace) : [];
  const applicationSettings = await readApplicationSettings(db, workspace);
  return {
    ...projection,
    asOf,
    failureDecisions: decisions.filter(({ at }) => params.asOf === undefined || at <= asOf),
    holdings,
    sources: own ?? all,
    cases: projection.cases.filter(({ leftAt }) => leftAt <= asOf),
    steps: projection.steps.filter(({ leftAt }) => leftAt <= asOf),
    scheduled: projection.cases.filter(({ leftAt }) => leftAt > asOf),
    people: new Map(projection.identities.map((row) => [row.subject, personAt(row, asOf)])),
    labels: labelsOf(projection.sightings),
    applicationSettings,
    slaOf: slasOf(applicationSettings),
  };
}
