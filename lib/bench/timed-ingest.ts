/** The ingest of the benchmark's log: the command that people start, watched from outside. */
import type { IngestResult } from "../reports/contract.ts";
import type { Home } from "../runtime/home.ts";
import { runCommand } from "./command.ts";
import type { BenchDatabase, Say } from "./database.ts";
import { type Commit, type Pace, paceOf } from "./pace.ts";
import { watching } from "./watching.ts";

export interface TimedIngest extends Pace {
  /** The same of bytes of the file: records of provisioning, which a log begins with, are half as long as those of sign-ins. */
  bytes: Pick<Pace, "tenths" | "lastVsFirst">;
  /** Of the whole, from its beginning until its read models are up to date; without the start of its process. */
  seconds: number;
  /** After the last record was committed: who is who, the read models, the rest of the log's tree. */
  workingOutSeconds: number;
  /** The largest that its process was from its start to its end, all of its threads and the runtime included. */
  memoryPeakMb: number;
}

/** A commit takes a second or two. */
const LOOK_EVERY_MS = 250;

/** What was seen at one moment. */
interface Look extends Commit {
  /** Of the file, read up to the last of these records. */
  bytes: number;
}

/** What is committed by now, by the database's clock; null before it has begun. */
async function look({ owner: { sql } }: BenchDatabase): Promise<Look | null> {
  const [row] = await sql<Look[]>`
    select records::float8 records, bytes_read::float8 bytes, extract(epoch from coalesce(finished_at, clock_timestamp()) - started_at)::float8 seconds
    from ingests order by started_at limit 1`;
  return row ?? null;
}

/**
 * Ingests a file into a database that has nothing yet.
 * @param events how many records are in it, for whoever follows.
 */
export async function timedIngest(
  home: Home,
  database: BenchDatabase,
  file: string,
  events: number,
  say: Say,
): Promise<TimedIngest> {
  const looks: Look[] = [];
  let told = 0;
  const tell = (records: number) => {
    const tenth = Math.floor((10 * records) / events);
    if (tenth === told) return;
    told = tenth;
    const [done, all] = [records, events].map((n) => n.toLocaleString("en-GB"));
    say(tenth === 10 ? "All is read; working out what it says …" : `${done} of ${all} records …`);
  };
  const ingest = runCommand<IngestResult>(home, database.url, ["ingest", file]);
  const { result, memoryPeakMb } = await watching(ingest, LOOK_EVERY_MS, async () => {
    const seen = await look(database);
    if (seen === null) return;
    looks.push(seen);
    tell(seen.records);
  });
  const pace = paceOf(looks);
  const { tenths, lastVsFirst } = paceOf(looks.map(({ seconds, bytes }) => ({ seconds, records: bytes })));
  const { seconds } = result;
  const workingOutSeconds = Math.max(seconds - pace.readingSeconds, 0);
  return { ...pace, bytes: { tenths, lastVsFirst }, seconds, workingOutSeconds, memoryPeakMb };
}
