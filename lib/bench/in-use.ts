/** The benchmark's log in use: many read every page's data, while records of the same tenant come in. */
import { DEFAULT_WORKSPACE } from "../../db/client.ts";
import { liveAfter, withProcesses } from "../load/installation.ts";
import { type LoadFigures, loadFigures, underLoad } from "../load/run.ts";
import type { OwnPostgres } from "../runtime/own-postgres.ts";
import type { BenchDatabase, Say } from "./database.ts";

export interface InUse extends LoadFigures {
  readers: number;
  seconds: number;
  /** Records that came meanwhile and were acknowledged, and how many more the log has by that. */
  sent: number;
  stored: number;
}

/** More than come in a second: some of them are left. */
const LIVE_A_SECOND = 200;

/** So many records of the tenant are still to come when the log ends. */
export const liveOf = ({ seconds }: Pick<InUse, "seconds">): number => seconds * LIVE_A_SECOND;

async function countRecords({ owner: { sql } }: BenchDatabase): Promise<number> {
  const [row] = await sql<{ records: number }[]>`
    select sum(records)::float8 records from segments where workspace_id = ${DEFAULT_WORKSPACE}`;
  return row?.records ?? 0;
}

interface UseOptions extends Pick<InUse, "readers" | "seconds"> {
  /** Of the log, and of its tenant. */
  events: number;
  seed: number;
}

/** One web process and one worker, on the log that was ingested: the first `events` of a tenant that has {@link liveOf} more. */
export async function inUse(
  { home, folder }: OwnPostgres,
  database: BenchDatabase,
  { readers, seconds, events, seed }: UseOptions,
  say: Say,
): Promise<InUse> {
  const { url, access } = database;
  say("Records that are still to come …");
  const live = liveAfter(events, liveOf({ seconds }), seed);
  const before = await countRecords(database);
  const ground = { url, access, home, folder, live, base: [] };
  return withProcesses(ground, { webs: 1, workers: 1 }, say, async (at) => {
    say(`${readers} people read for ${seconds} seconds, while records come in …`);
    const came = await underLoad(at, { readers, seconds, seed, everything: false });
    const { length: sent } = came.traffic.sent.records;
    const stored = (await countRecords(database)) - before;
    return { readers, seconds, ...(await loadFigures(came)), sent, stored };
  });
}
