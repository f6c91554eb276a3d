/** The benchmark: all of it in one run on one machine, side by side, so that what counts are ratios. docs/performance.md. */
import { createWriteStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Db, DEFAULT_WORKSPACE } from "../../db/client.ts";
import { commandLine } from "../auth/caller.ts";
import { rebuild } from "../ingest/rebuild.ts";
import { ensureBuilt } from "../runtime/build.ts";
import { type OwnPostgres, withOwnPostgres } from "../runtime/own-postgres.ts";
import { type ColdStarts, coldStarts } from "./cold-start.ts";
import { runCommand } from "./command.ts";
import { type BenchDatabase, copyJsonb, inDatabase, type Say } from "./database.ts";
import { importToDuck, openDuck } from "./duckdb.ts";
import { type InUse, inUse, liveOf } from "./in-use.ts";
import { type KeptReports, keepReports } from "./kept.ts";
import { secondsOf } from "./measure.ts";
import { oktaLog } from "./okta-log.ts";
import { copyQuarter, packQuarter, type QuarterCopied, type QuarterPack } from "./quarter.ts";
import { type ReportTimes, reportTimes } from "./reports.ts";
import { searchTexts } from "./searches.ts";
import { measureServed, type Served } from "./served.ts";
import { type TimedIngest, timedIngest } from "./timed-ingest.ts";

export interface BenchResult {
  events: number;
  ratios: {
    /** Events a second ÷ those of COPY into a jsonb column, of DuckDB's import. */
    ingestVsCopyJsonb: number;
    ingestVsDuckdb: number | null;
    /** Events a second of a rebuild ÷ those of the ingest. */
    rebuildVsIngest: number;
    /** Bytes of all tables and indexes ÷ those of the file. */
    bytesVsRaw: number;
  };
  seconds: { copyJsonb: number; duckdbImport: number | null; rebuild: number };
  ingest: TimedIngest;
  quarter: QuarterPack;
  /** Null of a workspace whose pages work reports out themselves. */
  kept: KeptReports | null;
  served: Served;
  starts: ColdStarts;
  reports: ReportTimes[];
  inUse: InUse;
}

/** How often what is measured is done. */
export interface BenchRuns {
  /** First pages in this process, and `select 1`. */
  pages: number;
  /** First pages over HTTP, and searches of each kind. */
  served: number;
  searches: number;
  starts: number;
  /** People who read at once, each a request a second, and for how many seconds. */
  readers: number;
  seconds: number;
}

/** In use for as long as a pass over the reports and the rest after it take, and more. */
const RUNS: BenchRuns = { pages: 1_000, served: 200, searches: 100, starts: 3, readers: 50, seconds: 600 };
const SEED = 1;
/** Of more events each of DuckDB's answers takes seconds. */
const duckRuns = (events: number): number => (events > 1_000_000 ? 3 : 10);

/** @param of so many that there will be in all. */
async function writeLog(file: string, events: number, of = events): Promise<void> {
  await pipeline(Readable.from(oktaLog(events, SEED, of)), createWriteStream(file));
}

async function bytesOf({ sql }: Db): Promise<number> {
  await sql`checkpoint`;
  const [row] = await sql<{ bytes: number }[]>`
    select sum(pg_total_relation_size(c.oid))::float8 bytes from pg_class c
    where c.relkind = 'r' and c.relnamespace in ('public'::regnamespace, 'log_months'::regnamespace)`;
  return row?.bytes ?? 0;
}

/** One run: what is measured, and how it is told of. */
interface Run {
  own: OwnPostgres;
  events: number;
  runs: BenchRuns;
  say: Say;
}

/** What others make of the same file, and how large it is. */
interface Others {
  bytes: number;
  copySeconds: number;
  quarter: QuarterCopied;
  /** Null where DuckDB is not installed. */
  duckSeconds: number | null;
}

const duckFile = ({ own }: Run): string => join(own.folder, "duck.db");

async function others(run: Run, file: string): Promise<Others> {
  run.say("COPY into a jsonb column, and a quarter of it to nowhere …");
  const { seconds: copySeconds, result: quarter } = await copyJsonb(run.own, file, copyQuarter);
  run.say("DuckDB's import …");
  const duckSeconds = await importToDuck(file, duckFile(run));
  return { bytes: (await stat(file)).size, copySeconds, quarter, duckSeconds };
}

/** Reports beside those of a tenth of the events, and beside DuckDB. */
async function besideTenth(run: Run, db: Db): Promise<ReportTimes[]> {
  const { own, events, runs, say } = run;
  const file = join(own.folder, "tenth.ndjson");
  say("A tenth of the events …");
  await writeLog(file, Math.max(Math.round(events / 10), 1));
  return inDatabase(own, "bench_tenth", async (tenth) => {
    await runCommand(own.home, tenth.url, ["ingest", file]);
    await rm(file);
    await keepReports(own.home, tenth, say);
    const duck = await openDuck(duckFile(run));
    try {
      const sides = { db, tenth: tenth.db, duck };
      return await reportTimes(sides, { pages: runs.pages, duck: duckRuns(events) }, say);
    } finally {
      duck?.close();
    }
  });
}

/** What follows the ingest, in an order in which nothing changes once reports are kept, until records come again at the end. */
async function afterIngest(run: Run, database: BenchDatabase, quarter: QuarterCopied) {
  const { own, runs, say } = run;
  const { db, owner, url } = database;
  say("Rebuild …");
  const rebuildSeconds = await secondsOf(() => rebuild(db, DEFAULT_WORKSPACE, commandLine()));
  say("A pack of a quarter …");
  const pack = await packQuarter(own, url, quarter);
  // As PostgreSQL does by itself a minute after so much has come in.
  await owner.sql`analyze`;
  const kept = await keepReports(own.home, database, say);
  const at = { home: own.home, url };
  const served = { pages: runs.served, searches: runs.searches };
  const { served: figures, session } = await measureServed(at, await searchTexts(owner), served, say);
  const starts = await coldStarts(at, session, runs.starts, say);
  const reports = await besideTenth(run, db);
  const used = await inUse(own, database, { events: run.events, seed: SEED, ...runs }, say);
  return { rebuildSeconds, quarter: pack, kept, served: figures, starts, reports, inUse: used };
}

async function measured(run: Run, file: string): Promise<BenchResult> {
  const { own, events, say } = run;
  const { bytes, copySeconds, quarter, duckSeconds } = await others(run, file);
  return inDatabase(own, "bench_rollcall", async (database) => {
    say("Ingest …");
    const ingest = await timedIngest(own.home, database, file, events, say);
    const stored = await bytesOf(database.owner);
    await rm(file);
    const { rebuildSeconds, ...rest } = await afterIngest(run, database, quarter);
    return {
      events,
      ratios: {
        ingestVsCopyJsonb: copySeconds / ingest.seconds,
        ingestVsDuckdb: duckSeconds === null ? null : duckSeconds / ingest.seconds,
        rebuildVsIngest: ingest.seconds / rebuildSeconds,
        bytesVsRaw: stored / bytes,
      },
      seconds: { copyJsonb: copySeconds, duckdbImport: duckSeconds, rebuild: rebuildSeconds },
      ingest,
      ...rest,
    };
  });
}

/**
 * Makes a log, measures, and takes all of it away again. Nobody's data is touched: it starts a PostgreSQL of its own.
 * @param events how many; of disk 2.16 KB each for the file, as much again for a moment for others' copy of it, then a third of it.
 * @param runs how often what is measured is done.
 */
export async function bench(events: number, say: Say, runs: BenchRuns = RUNS): Promise<BenchResult> {
  await ensureBuilt(say);
  return withOwnPostgres("bench", async (own) => {
    const file = join(own.folder, "log.ndjson");
    say(`Writing a log of ${events.toLocaleString("en-GB")} events …`);
    await writeLog(file, events, events + liveOf(runs));
    return measured({ own, events, runs, say }, file);
  });
}
