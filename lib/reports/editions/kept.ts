/**
 * Reports of large workspaces: as they were last worked out and kept. What has changed since is wished for, and worked out by a
 * worker's process; what people decide of failures and findings meanwhile is told at once.
 */
import { setTimeout as delay } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import type { Db } from "../../../db/client.ts";
import {
  EditionGone,
  type EditionRow,
  readBuild,
  readEdition,
  readEditionOf,
  storeWish,
  type Wish,
} from "../../../db/queries/editions.ts";
import { type FailureDecision, readFailureDecisions } from "../../../db/queries/failure-decisions.ts";
import { readVersion, type Version } from "../../../db/queries/version.ts";
import { groupBy } from "../../lifecycle/group-by.ts";
import { type AtHand, held, wholeReport } from "../at-hand.ts";
import type { FailureRow, ReconciliationRow, ReportName, ReportParams, Reports } from "../contract.ts";
import { failureDecided, findingDecided } from "../decided.ts";
import { ReportPending } from "./pending.ts";
import { type AskedParams, questionOf } from "./question.ts";
import { openEdition } from "./read.ts";

/** Ages are told anew after so long, also where nothing has changed. */
const FRESH_SECONDS = 600;
/** A past moment is worked out anew no more often, though records that came late may change it: the whole log is read for it. */
const PAST_FRESH_SECONDS = 6 * 3_600;
/** Whoever asks for what is not there waits so long for it, before they are told how far it is. */
const WAIT_MS = 3_000;
const LOOK_EVERY_MS = 250;
/** The same is wished for no more often by one process. */
const WISH_EVERY_MS = 2_000;
/** Of more rows than this no copy is made to tell what was decided meanwhile: the next edition tells it. */
const MOST_DECIDED = 50_000;

/** By the database, and what is wished. */
const wished = new WeakMap<Db, LRUCache<string, true>>();

async function wish(db: Db, workspace: string, wanted: Wish): Promise<void> {
  const at = db.primary ?? db;
  const known = wished.get(at) ?? new LRUCache<string, true>({ max: 1_000, ttl: WISH_EVERY_MS });
  wished.set(at, known);
  const key = JSON.stringify([workspace, wanted]);
  if (known.has(key)) return;
  known.set(key, true);
  await storeWish(at.sql, workspace, wanted);
}

/** What was decided since an edition, told in its rows; by the edition and the newest decision. */
const redecided = new LRUCache<string, Promise<AtHand<ReportName>>>({ max: 4 });

function decidedRow(name: ReportName, row: object, own: readonly FailureDecision[], asOf: number): object {
  return name === "failures"
    ? failureDecided(row as FailureRow, own, asOf)
    : findingDecided(row as ReconciliationRow, own, asOf);
}

async function withDecisions<N extends ReportName>(
  db: Db,
  workspace: string,
  name: N,
  kept: AtHand<N> & { decision: number | null },
): Promise<AtHand<N>> {
  const { report, ...beside } = await wholeReport(kept);
  const decisions = groupBy(await readFailureDecisions(db.sql, workspace), ({ group }) => group);
  const asOf = Date.parse(report.asOf);
  const rows = report.rows.map((row) => {
    const own = decisions.get((row as { id: string }).id) ?? [];
    const newest = own.at(-1)?.decision ?? 0;
    return newest > (kept.decision ?? 0) ? decidedRow(name, row, own, asOf) : row;
  });
  return held(name, { report: { ...report, rows } as Reports[N], ...beside });
}

/** What is asked for: a report, or a document beside them. */
interface Asked {
  report: string;
  params: AskedParams;
}

/** The edition that answers, if there is one. */
async function find(db: Db, workspace: string, { report, params }: Asked): Promise<EditionRow | null> {
  const { asOf, ...others } = params;
  // Whoever reads on is on a page of an edition of that moment.
  const ofMoment =
    asOf === undefined
      ? null
      : await readEditionOf(db.sql, workspace, { report, question: questionOf(others), asOf });
  return ofMoment ?? readEdition(db.sql, workspace, { report, question: questionOf(params) });
}

/** An edition, and how it stands to what is known by now. */
export interface Found {
  edition: EditionRow;
  version: Version;
  /** Something has changed since. */
  renewing: boolean;
}

/**
 * Waits a little for what is asked for, and wishes for it where it is not there or not of now.
 * @param open reads the edition.
 * @throws {ReportPending} when it is not there yet.
 */
export async function whenThere<T>(
  db: Db,
  workspace: string,
  asked: Asked,
  open: (found: Found) => Promise<T>,
): Promise<T> {
  const question = questionOf(asked.params);
  const until = performance.now() + WAIT_MS;
  for (;;) {
    const [version, edition] = await Promise.all([readVersion(db, workspace), find(db, workspace, asked)]);
    const renewing =
      edition !== null && (edition.version !== version.rests || (version.dirty && !version.live));
    const again =
      edition === null ||
      (asked.params.asOf === undefined
        ? renewing || edition.age > FRESH_SECONDS
        : renewing && edition.age > PAST_FRESH_SECONDS);
    // Who sets something looks whether it has come true; who sends records by a program does so all the time.
    const waits = edition === null || !edition.version.includes(` ${version.settings} `);
    if (again) await wish(db, workspace, { report: asked.report, question, waits });
    if (edition !== null) {
      try {
        return await open({ edition, version, renewing });
      } catch (error) {
        if (!(error instanceof EditionGone)) throw error;
      }
    }
    if (performance.now() > until) throw await pending(db, workspace);
    await delay(LOOK_EVERY_MS);
  }
}

async function pending(db: Db, workspace: string): Promise<ReportPending> {
  const build = await readBuild(db.sql, workspace);
  const runs = build !== null && build.endedAt === null;
  return new ReportPending(
    runs ? { done: build.peopleDone, of: build.people } : null,
    runs ? null : (build?.problem ?? null),
  );
}

async function told<N extends ReportName>(
  db: Db,
  workspace: string,
  name: N,
  { edition: { edition }, version, renewing }: Found,
): Promise<AtHand<N>> {
  const kept = await openEdition<N>(db, workspace, { edition });
  const decides = name === "failures" || name === "reconciliation";
  const behind = decides && version.decision !== kept.decision;
  let answer: AtHand<N> = kept;
  if (behind && kept.table.length <= MOST_DECIDED) {
    const key = `${edition} ${version.decision}`;
    const known =
      (redecided.get(key) as Promise<AtHand<N>> | undefined) ?? withDecisions(db, workspace, name, kept);
    redecided.set(key, known as Promise<AtHand<ReportName>>);
    known.catch(() => redecided.delete(key));
    answer = await known;
  }
  return renewing || (behind && answer === kept)
    ? { ...answer, head: { ...answer.head, renewing: true } }
    : answer;
}

/**
 * A report as it was last worked out, of now or of the moment that is asked for; its `asOf` says when, and `renewing` that
 * something has changed since.
 * @throws {ReportPending} when it is not there yet.
 */
export const keptReport = <N extends ReportName>(
  db: Db,
  workspace: string,
  name: N,
  params: ReportParams,
): Promise<AtHand<N>> =>
  whenThere(db, workspace, { report: name, params }, (found) => told(db, workspace, name, found));
