/** `evidence export`: the reports of a scope and the records behind them, from the database into one zip. */
import type { Writable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import type { Db } from "../../db/client.ts";
import { type RecordFilter, readRecords } from "../../db/log/read-records.ts";
import { readHeads, TreeOfLog, TreeProblem } from "../../db/log/tree.ts";
import { eachHolding } from "../../db/queries/links.ts";
import { act } from "../auth/act.ts";
import { auditPieces } from "../auth/audit-csv.ts";
import type { Caller } from "../auth/caller.ts";
import { writeWhole } from "../files/whole.ts";
import { applicationKey } from "../lifecycle/refs.ts";
import type { Projection } from "../lifecycle/types.ts";
import type { ReportParams } from "../reports/contract.ts";
import { listsInFiles } from "../reports/lists-in-files.ts";
import { loadParts, type Parts } from "../reports/parts.ts";
import { foldOf, REPORT_NAMES } from "../reports/run.ts";
import { type ReviewAsOf, reviewsAsOf } from "../reviews/as-of.ts";
import { publishHead } from "../transparency/publish-head.ts";
import { drawSample } from "./draw-sample.ts";
import { EvidenceError } from "./error.ts";
import { type PackInput, type PackLog, type PackReport, type PackResult, writePack } from "./pack.ts";
import type { EvidenceParams } from "./params.ts";
import { narrowed, type ReviewScope, recordsOfReview, scopeOfReview } from "./review-scope.ts";

/** The JSON of `evidence export --json`. */
export interface ExportResult extends PackResult {
  file: string;
  seconds: number;
}

type ExportProgress = (done: { records: number }) => void;

/** Streams a pack to `target` and ends it, as {@link writeEvidence} does of the workspace or customer that it is bound to. */
export type EvidenceWriter = (
  params: EvidenceParams,
  target: Writable,
  onProgress?: ExportProgress,
) => Promise<PackResult>;

const isoOrNull = (at: number | undefined): string | null =>
  at === undefined ? null : new Date(at).toISOString();

/** The parameters as the manifest and the audit log have them. */
const parametersOf = ({ asOf, from, to, days, application, customer }: ReportParams) => ({
  asOf: isoOrNull(asOf),
  from: isoOrNull(from),
  to: isoOrNull(to),
  days: days ?? null,
  application: application ?? null,
  customer: customer ?? null,
});

/** All reports, worked out together of one reading of the log so that they agree; their lists lie in files until the end. */
async function* reportsOf(parts: Parts, params: ReportParams): AsyncGenerator<PackReport> {
  const parameters = parametersOf(params);
  const lists = listsInFiles();
  try {
    const folds = REPORT_NAMES.map((name) => ({ name, fold: foldOf(name, parts.about, params, lists.list) }));
    for (const part of parts.each()) {
      for (const { fold } of folds) fold.take(part);
      // Whoever else is served by this process has a turn.
      await setImmediate();
    }
    for (const { name, fold } of folds) yield { name, parameters, report: fold.result() };
  } finally {
    lists.close();
  }
}

/** @param only the id of the one that is wanted; null: all. */
async function* reviewsOf(
  db: Db,
  workspace: string,
  parts: Parts,
  only: string | null,
): AsyncGenerator<ReviewAsOf> {
  for await (const review of reviewsAsOf(db, workspace, parts))
    if (only === null || review.review === only) yield review;
}

/** The keys, each with the time in which it signed. */
const keyFile = (keys: readonly { key: string; createdAt: string; retiredAt: string | null }[]): string =>
  keys
    .map(
      ({ key, createdAt, retiredAt }) =>
        `# signed from ${createdAt}${retiredAt ? ` to ${retiredAt}` : ""}\n${key}\n`,
    )
    .join("");

/** @throws {EvidenceError} where the log is not what its tree says; else what was thrown. */
function damaged(error: unknown): never {
  if (!(error instanceof TreeProblem)) throw error;
  throw new EvidenceError("damaged-log", `${error.message} No pack was written.`);
}

/** The log as it stands, signed; each hash that is taken of it is held against the records. */
async function logOf(db: Db, workspace: string, now: number): Promise<PackLog> {
  const { tree, checkpoint, keys, sign } = await publishHead(db, workspace, now).catch(damaged);
  const checked = new TreeOfLog(db.sql, workspace, tree.size);
  return {
    ...tree,
    checkpoint,
    keys: keyFile(keys),
    sign,
    earlier: await readHeads(db.sql, workspace, tree.size),
    hashOf: (range) => checked.hash(range).catch(damaged),
    check: (wanted) => checked.check(wanted).catch(damaged),
  };
}

/** The records of one application: those that name it, and those that name none and are about people seen there. */
async function recordsOfApplication(
  db: Db,
  workspace: string,
  parts: Parts,
  application: string,
): Promise<RecordFilter> {
  const wanted = applicationKey(application);
  const subjects = new Set<string>();
  for (const { sightings } of parts.each())
    for (const sighting of sightings) if (sighting.application === wanted) subjects.add(sighting.subject);
  const seen = new Set<string>();
  for await (const holdings of eachHolding(db.sql, workspace))
    for (const { subject, ref } of holdings) if (subjects.has(subject)) seen.add(ref);
  return (events, refs) =>
    events.some(({ application: named }, i) =>
      named === null ? seen.has(refs[i] ?? "") : applicationKey(named.name) === wanted,
    );
}

/** What the pack is made from. @param now when it is made, in milliseconds. */
async function packInput(
  db: Db,
  workspace: string,
  params: EvidenceParams & { asOf: number },
  now: number,
  review: ReviewScope | null,
  parts: Parts,
  onProgress: ExportProgress | undefined,
): Promise<PackInput> {
  const { asOf, from, to, application, customer, template, pseudonyms = null } = params;
  // What stands beside the reports names other customers, and people whom no application concerns.
  const whole = customer === undefined && application === undefined;
  const filter =
    review !== null
      ? await recordsOfReview(db, workspace, review)
      : application !== undefined
        ? await recordsOfApplication(db, workspace, parts, application)
        : undefined;
  return {
    log: await logOf(db, workspace, now),
    about: {
      createdAt: new Date(now).toISOString(),
      workspace,
      asOf: new Date(asOf).toISOString(),
      period: { from: isoOrNull(from), to: isoOrNull(to) },
      scope: {
        customer: customer ?? null,
        application: application ?? null,
        review: review?.review ?? null,
      },
      template,
      ...(pseudonyms === null ? {} : { pseudonymised: true as const }),
    },
    reports: reportsOf(parts, params),
    records: (source) =>
      readRecords(db, workspace, { to: asOf, sources: [source] }, filter, {
        withEvents: pseudonyms !== null,
      }),
    pseudonyms,
    reviews: whole ? reviewsOf(db, workspace, parts, review?.review ?? null) : null,
    audit:
      whole && review === null ? auditPieces(db, workspace, { from, to: Math.min(to ?? asOf, asOf) }) : null,
    sample:
      template?.name === "offboarding-sample"
        ? () => drawSample(db, workspace, parts, params, template)
        : undefined,
    onRecords: (records) => onProgress?.({ records }),
  };
}

/**
 * Streams a pack to `target` and ends it; for a file, a download, or whatever else can be written to. The records are all
 * those of the scope up to `asOf`; `from` and `to` limit what the reports limit by them.
 * @param params `asOf` is now when absent; times in milliseconds.
 * @throws EvidenceError, or what the database or the target threw; the target is destroyed then.
 */
export async function writeEvidence(
  db: Db,
  workspace: string,
  params: EvidenceParams,
  target: Writable,
  onProgress?: ExportProgress,
): Promise<PackResult> {
  const now = Date.now();
  const { asOf = now, review } = params;
  const scope = review === undefined ? null : await scopeOfReview(db, workspace, review, asOf);
  const narrow = scope === null ? undefined : (rows: Projection) => narrowed(rows, scope);
  const parts = await loadParts(db, workspace, { ...params, asOf }, narrow);
  try {
    return await writePack(
      await packInput(db, workspace, { ...params, asOf }, now, scope, parts, onProgress),
      target,
    );
  } finally {
    parts.close();
  }
}

/** Writes packs in this process, of what `db` sees. */
export const writerHere =
  (db: Db, workspace: string): EvidenceWriter =>
  (params, target, onProgress) =>
    writeEvidence(db, workspace, params, target, onProgress);

interface ExportOptions {
  onProgress?: ExportProgress;
  /** What the audit log calls it; the file when absent. */
  object?: string;
  /** Writes it; in this process when absent. */
  write?: EvidenceWriter | undefined;
}

/**
 * Exports a pack to the file `out`; see {@link writeEvidence}. The file is replaced when the pack is whole, or left as it was.
 * @throws FileProblem or EvidenceError with a sentence for the person at the keyboard, or what the database threw.
 */
export async function exportEvidence(
  db: Db,
  workspace: string,
  by: Caller,
  params: EvidenceParams,
  out: string,
  { onProgress, object = out, write = writerHere(db, workspace) }: ExportOptions = {},
): Promise<ExportResult> {
  const started = performance.now();
  // Before the first byte: an export that was cut off may have been read all the same.
  await act({ db, workspace, by }, "evidence", "export-evidence", async () => ({
    result: undefined,
    object,
    after: {
      ...parametersOf({ ...params, asOf: params.asOf ?? Date.now() }),
      ...(params.review === undefined ? {} : { review: params.review }),
      ...(params.template === undefined ? {} : { template: params.template }),
      ...(params.pseudonyms === undefined ? {} : { pseudonymised: true }),
    },
  }));
  const result = await writeWhole(out, { what: "pack" }, (target) => write(params, target, onProgress));
  return { file: out, ...result, seconds: Math.round(performance.now() - started) / 1000 };
}
