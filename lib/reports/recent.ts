/**
 * Reports as they were last worked out. A report says of what moment it is; as long as nothing has changed since, another
 * one would say the same a little later. So that is what pages and the HTTP API show, and nobody waits for the clock.
 */
import type { Db } from "../../db/client.ts";
import { readVersion, type Version } from "../../db/queries/version.ts";
import { metrics } from "../runtime/metrics.ts";
import { type AtHand, held, wholeReport } from "./at-hand.ts";
import type { ReportName, ReportParams } from "./contract.ts";
import { keptReport } from "./editions/kept.ts";
import { isKept } from "./editions/large.ts";
import { type WorkedOut, workOut } from "./run.ts";

interface Entry {
  version: string;
  at: number;
  recent: WorkedOut<ReportName>;
}

/** Ages are told in minutes at the finest. */
const FRESH_MS = 60_000;
/** While an ingest runs, its counts on the page move on. */
const FRESH_LIVE_MS = 10_000;
/** Older than fresh, but not yet this old: it is shown once more while the next one is worked out. */
const USABLE_MS = 2 * FRESH_MS;
/** Rows kept in memory over all reports, some hundred bytes each; the report that was not asked for longest goes first. */
const MAX_ROWS = 200_000;

/** The same for the same question. */
const keyOf = (name: ReportName, params: ReportParams): string =>
  JSON.stringify([
    name,
    Object.entries(params)
      .filter(([, value]) => value !== undefined)
      .sort(),
  ]);

class Kept {
  private readonly entries = new Map<string, Entry>();
  private readonly pending = new Map<string, Promise<Entry>>();

  constructor(
    private readonly db: Db,
    private readonly workspace: string,
  ) {}

  async get(name: ReportName, params: ReportParams): Promise<WorkedOut<ReportName>> {
    const key = keyOf(name, params);
    const version = await readVersion(this.db, this.workspace);
    const entry = this.entries.get(key);
    if (entry?.version === version.text && !(version.dirty && !version.live)) {
      const age = performance.now() - entry.at;
      // The answer for a moment that was named does not age.
      if (params.asOf !== undefined || age < (version.live ? FRESH_LIVE_MS : FRESH_MS))
        return this.touch(key, entry);
      if (age < USABLE_MS) {
        this.workOut(key, version, name, params).catch(() => {});
        return this.touch(key, entry);
      }
    }
    return (await this.workOut(key, version, name, params)).recent;
  }

  private touch(key: string, entry: Entry): WorkedOut<ReportName> {
    this.entries.delete(key);
    this.entries.set(key, entry);
    return entry.recent;
  }

  /** One at a time of each: whoever asks meanwhile gets the same. */
  private workOut(key: string, { text }: Version, name: ReportName, params: ReportParams): Promise<Entry> {
    const once = `${text} ${key}`;
    let work = this.pending.get(once);
    if (work === undefined) {
      work = this.compute(text, name, params)
        .then((entry) => {
          this.keepFormer(key, name, params, entry.version);
          return this.keep(key, entry);
        })
        .finally(() => this.pending.delete(once));
      this.pending.set(once, work);
    }
    return work;
  }

  private async compute(version: string, name: ReportName, params: ReportParams): Promise<Entry> {
    // Not of the day's clock, which may be set: an hour back, and what is kept would be fresh for an hour.
    const at = performance.now();
    const end = metrics().reports.startTimer({ report: name });
    const recent = await workOut(this.db, this.workspace, name, params);
    end();
    return { version, at, recent };
  }

  /** Somebody may be on a page of the one that is replaced: it stays the answer for its own moment, as long as nothing has changed. */
  private keepFormer(key: string, name: ReportName, params: ReportParams, version: string): void {
    const former = this.entries.get(key);
    if (former === undefined || params.asOf !== undefined || former.version !== version) return;
    this.touch(keyOf(name, { ...params, asOf: Date.parse(former.recent.report.asOf) }), former);
  }

  private keep(key: string, entry: Entry): Entry {
    this.touch(key, entry);
    let rows = [...this.entries.values()].reduce((sum, { recent }) => sum + recent.report.rows.length, 0);
    for (const [oldest, { recent }] of this.entries) {
      if (rows <= MAX_ROWS || oldest === key) break;
      this.entries.delete(oldest);
      rows -= recent.report.rows.length;
    }
    return entry;
  }
}

// Next compiles each route apart: they share what is kept, else a page and the API would each have a report of its own moment.
const holder = globalThis as { rollcallReports?: WeakMap<Db, Map<string, Kept>> };
holder.rollcallReports ??= new WeakMap();
const kept = holder.rollcallReports;

async function workedOut<N extends ReportName>(
  db: Db,
  workspace: string,
  name: N,
  params: ReportParams,
): Promise<WorkedOut<N>> {
  const own = kept.get(db) ?? new Map<string, Kept>();
  kept.set(db, own);
  const reports = own.get(workspace) ?? new Kept(db, workspace);
  own.set(workspace, reports);
  return (await reports.get(name, params)) as WorkedOut<N>;
}

/**
 * A report as it stands: of this very moment after any change; else as it was last worked out, no longer ago than two
 * minutes. Its `asOf` says when. Of a large workspace it is the newest edition, which says whether something has changed since.
 * @throws {ReportPending} when an edition is not there yet.
 */
export async function reportAtHand<N extends ReportName>(
  db: Db,
  workspace: string,
  name: N,
  params: ReportParams = {},
): Promise<AtHand<N>> {
  if (await isKept(db, workspace, params)) return keptReport(db, workspace, name, params);
  return held(name, await workedOut(db, workspace, name, params));
}

/** The whole of {@link reportAtHand} in memory: for reports that have few rows, or where all of them are needed. */
export async function recentReport<N extends ReportName>(
  db: Db,
  workspace: string,
  name: N,
  params: ReportParams = {},
): Promise<WorkedOut<N>> {
  if (!(await isKept(db, workspace, params))) return workedOut(db, workspace, name, params);
  return wholeReport(await keptReport(db, workspace, name, params));
}
