/** All of it together for a long time: whether memory and connections stay what they are, and nothing is lost. */
import { type Say, withInstallation } from "./installation.ts";
import { figuresOf, type LoadBench, underLoad } from "./run.ts";
import { type Trend, trendsOf } from "./trend.ts";

export interface SoakBench extends LoadBench {
  trends: Trend[];
}

export interface SoakOptions {
  minutes: number;
  readers: number;
  events: number;
  webs: number;
  workers: number;
  seed?: number;
}

/** Records a second at most; some of them are left. */
const LIVE_A_SECOND = 110;
/** Some hundreds of looks, however long it is. */
const LOOKS = 400;
const LEAST_LOOK_MS = 250;

/** Runs an installation of its own; nobody's data is touched. */
export async function soak(
  { minutes, readers, events, webs, workers, seed = 1 }: SoakOptions,
  say: Say,
): Promise<SoakBench> {
  const seconds = minutes * 60;
  const live = Math.ceil(seconds * LIVE_A_SECOND) + 1_000;
  return withInstallation({ webs, workers, events, live, seed }, say, async (at) => {
    say(`${readers} people, records, exports and reviews for ${minutes} minutes …`);
    const everyMs = Math.max((seconds * 1000) / LOOKS, LEAST_LOOK_MS);
    const run = { seed, events, readers, seconds };
    const came = await underLoad(at, { ...run, everything: true }, everyMs);
    return { ...(await figuresOf(at, run, came)), trends: trendsOf(came.samples) };
  });
}
