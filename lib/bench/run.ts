/** The benchmark: all of it in one run on one machine, side by side, so that what counts are ratios. docs/performance.md. */
import { createReadStream, createWriteStream } from "node:fs";
import { chmod, mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { openAccess } from "../../db/access.ts";
import { connect, type Db, DEFAULT_WORKSPACE } from "../../db/client.ts";
import { migrate } from "../../db/migrate.ts";
import { recountHours } from "../../db/queries/completeness.ts";
import { markAllDirty } from "../../db/queries/links.ts";
import { commandLine } from "../auth/caller.ts";
import { ingest } from "../ingest/ingest.ts";
import { refresh } from "../ingest/refresh.ts";
import type { ReportName } from "../reports/contract.ts";
import { reportPage } from "../reports/page.ts";
import { REPORT_NAMES, runReport } from "../reports/run.ts";
import { createDatabase, dropDatabase } from "../runtime/database.ts";
import { homeAt } from "../runtime/home.ts";
import { openEmbedded } from "../runtime/postgres.ts";
import { type Duck, openDuck } from "./duckdb.ts";
import { secondsOf, type Times, timesOf } from "./measure.ts";
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
  /** The largest that this process was up to the end of the ingest. */
  memoryPeakMb: number;
  seconds: { ingest: number; copyJsonb: number; duckdbImport: number | null; rebuild: number };
  reports: ReportTimes[];
}

/** Calls of a first page, of `select 1`; and of DuckDB, which takes longer for each. */
const RUNS = 300;
const DUCK_RUNS = 10;
const LIMIT = 50;

type Say = (text: string) => void;

async function writeLog(file: string, events: number): Promise<void> {
  await pipeline(Readable.from(oktaLog(events)), createWriteStream(file));
}

async function inDatabase<T>(server: string, name: string, work: (db: Db) => Promise<T>): Promise<T> {
  const url = await createDatabase(server, name);
  await migrate(url);
  const access = await openAccess(url, { secret: "bench" });
  const db = connect(access, { workspace: DEFAULT_WORKSPACE }, 4);
  try {
    return await work(db);
  } finally {
    await db.close();
    await dropDatabase(server, name);
  }
}

const chunksOf = (file: string) => createReadStream(file, { highWaterMark: 1024 * 1024 });

/** What everybody would do first: each line as it is into a column of the database's own JSON. */
const copyJsonb = (server: string, file: string): Promise<number> =>
  inDatabase(server, "bench_copy", async ({ sql }) => {
    await sql`create table records (record jsonb)`;
    return secondsOf(async () => {
      // A quote and a delimiter that JSON has not make of CSV one column a line.
      const stream =
        await sql`copy records from stdin with (format csv, quote e'\x01', delimiter e'\x02')`.writable();
      await pipeline(chunksOf(file), stream);
    });
  });

async function bytesOf({ sql }: Db): Promise<number> {
  await sql`checkpoint`;
  const [row] = await sql<{ bytes: number }[]>`
    select sum(pg_total_relation_size(c.oid))::float8 bytes from pg_class c
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace`;
  return row?.bytes ?? 0;
}

const load = (db: Db, file: string) =>
  ingest(db, DEFAULT_WORKSPACE, commandLine(), { chunks: chunksOf(file), file, bytesTotal: null });

const firstPage = async (db: Db, name: ReportName): Promise<string> =>
  JSON.stringify(await reportPage(db, DEFAULT_WORKSPACE, name, {}, { limit: LIMIT }));

/** Times of each report's first page. */
async function pagesOf(db: Db, say: Say): Promise<Map<ReportName, Times>> {
  const times = new Map<ReportName, Times>();
  for (const name of REPORT_NAMES) {
    say(`Report ${name}, first page …`);
    times.set(name, await timesOf(RUNS, () => firstPage(db, name)));
  }
  return times;
}

async function reportTimes(
  db: Db,
  tenth: Map<ReportName, Times>,
  duck: Duck | null,
  say: Say,
): Promise<ReportTimes[]> {
  const pages = await pagesOf(db, say);
  const one = await timesOf(RUNS, () => db.sql`select 1`);
  const rows: ReportTimes[] = [];
  for (const name of REPORT_NAMES) {
    say(`Report ${name}, worked out anew${duck === null ? "" : ", and by DuckDB"} …`);
    const page = pages.get(name) as Times;
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
      growth: page.p95Ms / (tenth.get(name)?.p95Ms ?? Number.NaN),
    });
  }
  return rows;
}

/**
 * Makes a log, measures, and takes all of it away again. Nobody's data is touched: it starts a PostgreSQL of its own.
 * @param events how many; 2.1 KB of disk each for the file, twice, and as much again for the databases.
 */
export async function bench(events: number, say: Say): Promise<BenchResult> {
  const folder = await mkdtemp(join(tmpdir(), "rollcall-bench-"));
  try {
    const home = join(folder, "home");
    // As root, PostgreSQL runs as another user and must reach its data.
    await mkdir(home, { mode: 0o711 });
    await chmod(folder, 0o711);
    const [file, small] = [join(folder, "log.ndjson"), join(folder, "tenth.ndjson")];
    say(`Writing a log of ${events.toLocaleString("en-GB")} events …`);
    await writeLog(file, events);
    await writeLog(small, Math.max(Math.round(events / 10), 1));
    const server = await openEmbedded(homeAt(home), () => {});
    try {
      return await measured(server.url, { file, small, folder }, events, say);
    } finally {
      await server.release();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measured(
  server: string,
  { file, small, folder }: { file: string; small: string; folder: string },
  events: number,
  say: Say,
): Promise<BenchResult> {
  const { size } = await stat(file);
  return inDatabase(server, "bench_rollcall", async (db) => {
    await migrate(await createDatabase(server, "bench_rollcall"));
    say("Ingest …");
    const ingestSeconds = await secondsOf(() => load(db, file));
    const memoryPeakMb = Math.round(process.resourceUsage().maxRSS / 1024);
    const bytes = await bytesOf(db);
    say("Rebuild …");
    const rebuildSeconds = await secondsOf(async () => {
      await recountHours(db, DEFAULT_WORKSPACE);
      await markAllDirty(db.sql, DEFAULT_WORKSPACE);
      await refresh(db, DEFAULT_WORKSPACE);
    });
    say("COPY into a jsonb column …");
    const copySeconds = await copyJsonb(server, file);
    say("A tenth of the events …");
    const tenth = await inDatabase(server, "bench_tenth", async (other) => {
      await migrate(await createDatabase(server, "bench_tenth"));
      await load(other, small);
      return pagesOf(other, () => {});
    });
    say("DuckDB's import …");
    const duck = await openDuck(file, join(folder, "duck.db"));
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
        reports: await reportTimes(db, tenth, duck, say),
      };
    } finally {
      duck?.close();
    }
  });
}
