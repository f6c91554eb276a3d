/** What reports are made of: the read models as stored, or worked out anew for a past time or for one customer. */
import type { Db } from "../../db/client.ts";
import { newestEventAt } from "../../db/log/hours.ts";
import { type ApplicationSettings, readApplicationSettings } from "../../db/queries/application-settings.ts";
import { type FailureDecision, readFailureDecisions } from "../../db/queries/failure-decisions.ts";
import { isIngesting } from "../../db/queries/ingests.ts";
import { refresh } from "../ingest/refresh.ts";
import type { Holding } from "../lifecycle/linking.ts";
import type { IdentityRow, LeaverCase, Projection, SubjectId } from "../lifecycle/types.ts";
import { type Across, AcrossTaker } from "./across.ts";
import type { ReportParams } from "./contract.ts";
import { projectLog } from "./history.ts";
import { slasOf } from "./settings.ts";
import { loadSources, type SourceFacts } from "./source-facts.ts";
import { rowsOf, storedProjection } from "./stored.ts";

/** An identity as it stands at `asOf`. */
export type Person = Omit<IdentityRow, "inactiveFrom"> & { active: boolean };

/** What the rows of a model, or of each of its parts, are told with. */
export interface About {
  asOf: number;
  /** Whose sources alone were asked; null: everybody's, or those of no customer. */
  customer: string | null;
  sources: SourceFacts[];
  across: Across;
  /** What was set for applications, whatever `asOf`. */
  applicationSettings: ApplicationSettings[];
  /** What was decided of failures up to `asOf`; of one customer's records nothing: it is the workspace's own. */
  failureDecisions: FailureDecision[];
  /** Milliseconds within which a leaver's account at the application, named by label or key, ends. */
  slaOf: (application: string) => number;
}

/** The rows of people: of some of them, or of all. */
export interface People extends Projection {
  /** The identity row of each subject. */
  people: Map<SubjectId, Person>;
  /** Leaver cases that begin after `asOf`; `cases` and `steps` hold those that have begun. */
  scheduled: LeaverCase[];
}

/** Some people's rows, and what they are told with. A person's rows are all in one part. */
export type ModelPart = About & People;

/** The rows of everybody. */
export interface Model extends ModelPart {
  /** Who is who, where the sources of one customer alone were asked; null: as stored. */
  holdings: Holding[] | null;
}

/** Whether the stored rows are those of the moment and of the sources; null: all sources. */
export async function isStored(
  db: Db,
  workspace: string,
  asOf: number,
  sources: readonly SourceFacts[] | null,
): Promise<boolean> {
  if (sources !== null) return false;
  const newest = await newestEventAt(db, workspace);
  return newest === null || asOf >= newest;
}

async function projectionFor(
  db: Db,
  workspace: string,
  asOf: number,
  sources: readonly SourceFacts[] | null,
): Promise<{ projection: Projection; holdings: Holding[] | null }> {
  if (await isStored(db, workspace, asOf, sources))
    return { projection: (await storedProjection(db, workspace)).projection, holdings: null };
  const names = sources?.map((source) => source.source);
  const { documents, holdings } = await projectLog(db, workspace, { to: asOf, sources: names });
  return { projection: rowsOf(documents), holdings: sources === null ? null : holdings };
}

function personAt({ inactiveFrom, ...identity }: IdentityRow, asOf: number): Person {
  return { ...identity, active: inactiveFrom === null || inactiveFrom > asOf };
}

/** What the models of one moment have in common. */
interface Moment {
  asOf: number;
  /** Whether `asOf` was asked for, or is simply now. */
  past: boolean;
  sources: SourceFacts[];
  applicationSettings: ApplicationSettings[];
}

export async function momentOf(db: Db, workspace: string, params: ReportParams): Promise<Moment> {
  const asOf = params.asOf ?? Date.now();
  // What an ingest that died had left undone is done before anything is said; one that lives does it itself.
  // A replica has it from the database that it follows.
  if (db.readOnly !== true && !(await isIngesting(db, workspace)))
    await refresh(db, workspace, { wait: false });
  const sources = await loadSources(db, workspace, params.asOf ?? null, asOf);
  const applicationSettings = await readApplicationSettings(db, workspace);
  return { asOf, past: params.asOf !== undefined, sources, applicationSettings };
}

/** The sources of a customer, or of none in particular; null: all, whosever. */
export const ownSources = ({ sources }: Moment, customer: string | null | undefined): SourceFacts[] | null =>
  customer === undefined ? null : sources.filter((source) => source.customer === customer);

export async function aboutOf(
  db: Db,
  workspace: string,
  moment: Moment,
  customer: string | null | undefined,
  across: Across,
): Promise<About> {
  const { asOf, past, sources, applicationSettings } = moment;
  const decisions = customer === undefined ? await readFailureDecisions(db.sql, workspace) : [];
  return {
    asOf,
    customer: customer ?? null,
    failureDecisions: decisions.filter(({ at }) => !past || at <= asOf),
    sources: ownSources(moment, customer) ?? sources,
    across,
    applicationSettings,
    slaOf: slasOf(applicationSettings),
  };
}

/** People's rows as they are to be told at a moment. */
export const peopleAt = (projection: Projection, asOf: number): People => ({
  ...projection,
  cases: projection.cases.filter(({ leftAt }) => leftAt <= asOf),
  steps: projection.steps.filter(({ leftAt }) => leftAt <= asOf),
  scheduled: projection.cases.filter(({ leftAt }) => leftAt > asOf),
  people: new Map(projection.identities.map((row) => [row.subject, personAt(row, asOf)])),
});

/** @param customer whose sources are asked: all when undefined, those of no customer when null. */
async function modelAt(
  db: Db,
  workspace: string,
  moment: Moment,
  customer: string | null | undefined,
): Promise<Model> {
  const own = ownSources(moment, customer);
  const { projection, holdings } = await projectionFor(db, workspace, moment.asOf, own);
  const across = new AcrossTaker();
  across.take(projection);
  const about = await aboutOf(db, workspace, moment, customer, across.result());
  return { ...about, ...peopleAt(projection, moment.asOf), holdings };
}

/**
 * @returns the rows as the log stood at `params.asOf` (event time, default now), of one customer's sources when
 *   `params.customer` is given.
 */
export async function loadModel(db: Db, workspace: string, params: ReportParams): Promise<Model> {
  return modelAt(db, workspace, await momentOf(db, workspace, params), params.customer);
}

/**
 * What `loadModel` gives for each customer of the workspace, all of one moment, and last for the sources of no customer
 * where there are any. They come one by one, so that one is held at a time; each reads the segments of its own sources.
 * @param params with `customer` only that one.
 */
export async function* customerModels(
  db: Db,
  workspace: string,
  params: ReportParams,
): AsyncGenerator<Model, void> {
  const moment = await momentOf(db, workspace, params);
  const named = new Set(moment.sources.flatMap(({ customer }) => customer ?? []));
  const nobodys = named.size === 0 || moment.sources.some(({ customer }) => customer === null);
  const all = [...[...named].sort(), ...(nobodys ? [null] : [])];
  for (const customer of params.customer === undefined ? all : [params.customer])
    yield modelAt(db, workspace, moment, customer);
}
