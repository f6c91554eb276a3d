/** The benchmark: all of it in one run on one machine, side by side, so that what counts are ratios. docs/performance.md. */
import { createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Db, DEFAULT_WORKSPACE } from "../../db/client.ts";
import { commandLine } from "../auth/caller.ts";
import { rebuild } from "../ingest/rebuild.ts";
import type { IngestResult, ReportName } from "../reports/contract.ts";
import { reportPage } from "../reports/page.ts";
import { REPORT_NAMES, runReport } from "../reports/run.ts";
import { type OwnPostgres, withOwnPostgres } from "../runtime/own-postgres.ts";
import { runCommand } from "./command.ts";
import { copyJsonb, inDatabase, type Say } from "./database.ts";
import { type Duck, openDuck } from "./duckdb.ts";
import { secondsOf, type Times, timesInTurn, timesOf } from "./measure.ts";
import { oktaLog } from "./okta-log.ts";

interface ReportTimes {
  name: ReportName;
  /** The first page, as the HTTP API gives it. */
  p50Ms: number;
  p95Ms: number;
  /** Worked out anew, as after a change of the data. */
  anewMs: number;
  /** p95 ÷ that of `select 1`. */
  vsSelectOne: number;
  /** DuckDB's median ÷ the first page's, and ÷ that worked out anew; null without DuckDB. Above 1: DuckDB is slower. */
  vsDuckdb: number | null;
  anewVsDuckdb: number | null;
  /** p95 at all events ÷ p95 at a tenth. */
  growth: number;
}

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
  /** The largest that the process of the ingest was from its start to its end, all of its threads and the runtime included. */
  memoryPeakMb: number;
  seconds: { ingest: number; copyJsonb: number; duckdbImport: number | null; rebuild: number };
  reports: ReportTimes[];
}

/** Calls of a first page, of `select 1`, where nothing else is said; and of DuckDB, which takes longer for each. */
const RUNS = 1_000;
const DUCK_RUNS = 10;
const LIMIT = 50;

async function writeLog(file: string, events: number): Promise<void> {
  await pipeline(Readable.from(oktaLog(events)), createWriteStream(file));
}

async function bytesOf({ sql }: Db): Promise<number> {
  await sql`checkpoint`;
  const [row] = await sql<{ bytes: number }[]>`
    select sum(pg_total_relation_size(c.oid))::float8 bytes from pg_class c
    where c.relkind = 'r' and c.relnamespace in ('public'::regnamespace, 'log_months'::regnamespace)`;
  return row?.bytes ?? 0;
}

const firstPage = async (db: Db, name: ReportName): Promise<string> =>
  JSON.stringify(await reportPage(db, DEFAULT_WORKSPACE, name, {}, { limit: LIMIT }));

/**
 * Measures first pages and reports worked out anew.
 * @param tenth the database of a tenth of the events.
 */
async function reportTimes(
  db: Db,
  tenth: Db,
  duck: Duck | null,
  runs: number,
  say: Say,
): Promise<ReportTimes[]> {
  say("Reports …");
  // What working them out leaves behind is no page's: all are worked out before the first one is measured.
  for (const name of REPORT_NAMES) for (const each of [db, tenth]) await firstPage(each, name);
  const pages = new Map<ReportName, Record<"page" | "small" | "one", Times>>();
  for (const name of REPORT_NAMES) {
    say(`Report ${name}, first page …`);
    const works = {
      page: () => firstPage(db, name),
      small: () => firstPage(tenth, name),
      one: () => db.sql`select 1`,
    };
    pages.set(name, await timesInTurn(runs, works));
  }
  const rows: ReportTimes[] = [];
  for (const [name, { page, small, one }] of pages) {
    say(`Report ${name}, worked out anew${duck === null ? "" : ", and by DuckDB"} …`);
    const anew = await timesOf(5, () => runReport(db, DEFAULT_WORKSPACE, name));
    const other = duck === null ? null : await timesOf(DUCK_RUNS, () => duck.answer(name));
    rows.push({
      name,
      p50Ms: page.p50Ms,
      p95Ms: page.p95Ms,
      anewMs: anew.p50Ms,
      vsSelectOne: page.p95Ms / one.p95Ms,
      vsDuckdb: other === null ? null : other.p50Ms / page.p50Ms,
      anewVsDuckdb: other === null ? null : other.p50Ms / anew.p50Ms,
      growth: page.p95Ms / small.p95Ms,
    });
  }
  return rows;
}

/**
 * Makes a log, measures, and takes all of it away again. Nobody's data is touched: it starts a PostgreSQL of its own.
 * @param events how many; 2.1 KB of disk each for the file, twice, and as much again for the databases.
 * @param runs calls of each first page, and of `select 1`.
 */
export async function bench(events: number, say: Say, runs = RUNS): Promise<BenchResult> {
  return withOwnPostgres("bench", async (own) => {
    const [file, small] = [join(own.folder, "log.ndjson"), join(own.folder, "tenth.ndjson")];
    say(`Writing a log of ${events.toLocaleString("en-GB")} events …`);
    await writeLog(file, events);
    await writeLog(small, Math.max(Math.round(events / 10), 1));
    return measured(own, { file, small }, events, runs, say);
  });
}

/** What `work` gives with the database of a tenth of the events. */
const inTenth = <T>(own: OwnPostgres, file: string, say: Say, work: (db: Db) => Promise<T>): Promise<T> =>
  inDatabase(own, "bench_tenth", async ({ db, url }) => {
    say("A tenth of the events …");
    await runCommand(own.home, url, ["ingest", file]);
    return work(db);
  });

async function measured(
  own: OwnPostgres,
  { file, small }: { file: string; small: string },
  events: number,
  runs: number,
  say: Say,
): Promise<BenchResult> {
  const { size } = await stat(file);
  return inDatabase(own, "bench_rollcall", async ({ db, owner, url }) => {
    say("Ingest …");
    const ingested = await runCommand<IngestResult>(own.home, url, ["ingest", file]);
    const { memoryPeakMb } = ingested;
    const ingestSeconds = ingested.result.seconds;
    const bytes = await bytesOf(owner);
    say("Rebuild …");
    const rebuildSeconds = await secondsOf(() => rebuild(db, DEFAULT_WORKSPACE, commandLine()));
    say("COPY into a jsonb column …");
    const { seconds: copySeconds } = await copyJsonb(own, file, async () => {});
    say("DuckDB's import …");
    const duck = await openDuck(file, join(own.folder, "duck.db"));
    try {
      const duckSeconds = duck?.importSeconds ?? null;
      return {
        events,
        ratios: {
          ingestVsCopyJsonb: copySeconds / ingestSeconds,
          ingestVsDuckdb: duckSeconds === null ? null : duckSeconds / ingestSeconds,
          rebuildVsIngest: ingestSeconds / rebuildSeconds,
          bytesVsRaw: bytes / size,
        },
        memoryPeakMb,
        seconds: {
          ingest: ingestSeconds,
          copyJsonb: copySeconds,
          duckdbImport: duckSeconds,
          rebuild: rebuildSeconds,
        },
        reports: await inTenth(own, small, say, (tenth) => reportTimes(db, tenth, duck, runs, say)),
      };
    } finally {
      duck?.close();
    }
  });
}
