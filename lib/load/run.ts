/** Many people and programs at once: how long each thing takes, in how much memory, and whether all that was sent is there. */
import { setTimeout as sleep } from "node:timers/promises";
import type { ReviewItemRow } from "../reviews/contract.ts";
import { ask, jsonOf } from "./client.ts";
import { type Running, type Say, withInstallation } from "./installation.ts";
import { type Kept, recordsKept, type Sent } from "./kept.ts";
import { type KindFigures, Latencies } from "./latency.ts";
import { mostConnections, peaksOf, type Sample, Sampler } from "./samples.ts";
import { Traffic } from "./traffic.ts";

export interface LoadOptions {
  readers: number;
  seconds: number;
  events: number;
  webs?: number;
  workers?: number;
  seed?: number;
  /** Exports, packs and reviews go on as well. */
  everything?: boolean;
}

/** What requests came to, and what the processes held meanwhile. */
export interface LoadFigures {
  kinds: KindFigures[];
  /** Megabytes that each process held at most, by its kind. */
  memoryPeakMb: Record<string, number>;
  connections: number;
  /** What was answered otherwise than well in the end. */
  broken: string[];
}

export interface LoadBench extends LoadFigures {
  seed: number;
  events: number;
  readers: number;
  seconds: number;
  /** Records that came meanwhile, and whether they are there. */
  records: Kept;
  decisions: Decided;
}

export interface Decided {
  acknowledged: number;
  lost: number;
}

/** Uploads are this far apart: some hundred records a second, more than a company of ten thousand writes. */
const INGEST_PACE_MS = 2_000;
const EXPORT_PACE_MS = 5_000;
const REVIEW_PACE_MS = 500;
/** More than any run sends: some of it is left. */
const LIVE_A_SECOND = 200;
const SAMPLE_MS = 1_000;
/** Before anything is counted: code is compiled when it is asked for the first time, and no more than that share of the run. */
const WARM_SECONDS = 10;
const WARM_SHARE = 0.25;

/** Decisions that were acknowledged, held against what the review's pages say by now. */
async function decisionsKept(at: Running, sent: Sent): Promise<Decided> {
  const reviews = new Map<string, Map<string, string>>();
  for (const { review, item, decision } of sent.decisions) {
    const own = reviews.get(review) ?? new Map<string, string>();
    reviews.set(review, own.set(item, decision));
  }
  let lost = 0;
  for (const [review, decisions] of reviews) {
    const path = `/api/v1/reviews/${review}/items`;
    const answer = await ask(at.webs()[0]?.origin ?? "", at.operator, path);
    const { rows } = jsonOf<{ rows: ReviewItemRow[] }>(answer);
    const stands = new Map(rows.map((row) => [row.item, row.decision]));
    for (const [item, decision] of decisions) if (stands.get(item) !== decision) lost++;
  }
  return { acknowledged: sent.decisions.length, lost };
}

/** All that was there before, and all that was sent. */
export async function allKept(at: Running, sent: Sent): Promise<{ records: Kept; decisions: Decided }> {
  const db = at.app();
  return {
    records: await recordsKept(db, "okta", [...at.base, ...sent.records]),
    decisions: await decisionsKept(at, sent),
  };
}

/** Traffic for so long, and a little before that is not counted. @param run.everything exports, packs and reviews as well as reading and ingesting. */
export async function underLoad(
  at: Running,
  {
    readers,
    seconds,
    seed,
    everything,
  }: { readers: number; seconds: number; seed: number; everything: boolean },
  sampleMs = SAMPLE_MS,
): Promise<{ traffic: Traffic; latencies: Latencies; samples: Sample[] }> {
  const traffic = await Traffic.begin(at, await Latencies.begin(), {
    readers,
    ingestPaceMs: INGEST_PACE_MS,
    exportPaceMs: everything ? EXPORT_PACE_MS : 0,
    reviewPaceMs: everything ? REVIEW_PACE_MS : 0,
    seed,
  });
  await sleep(Math.min(WARM_SECONDS, WARM_SHARE * seconds) * 1000);
  const latencies = await Latencies.begin();
  traffic.noteIn(latencies);
  const sampler = new Sampler(at, sampleMs);
  await sleep(seconds * 1000);
  await Promise.all([traffic.stop(), sampler.stop()]);
  return { traffic, latencies, samples: sampler.samples };
}

type Came = Awaited<ReturnType<typeof underLoad>>;

/** What traffic came to. */
export const loadFigures = async ({ traffic, latencies, samples }: Came): Promise<LoadFigures> => ({
  broken: await traffic.checkAll(),
  kinds: latencies.figures(),
  memoryPeakMb: peaksOf(samples),
  connections: mostConnections(samples),
});

/** The same, with all that was sent held against what is there. */
export const figuresOf = async (
  at: Running,
  run: Pick<LoadBench, "seed" | "events" | "readers" | "seconds">,
  came: Came,
): Promise<LoadBench> => ({
  ...run,
  ...(await loadFigures(came)),
  ...(await allKept(at, came.traffic.sent)),
});

/** Measures an installation of its own; nobody's data is touched. */
export async function benchLoad(
  { readers, seconds, events, webs = 1, workers = 1, seed = 1, everything = false }: LoadOptions,
  say: Say,
): Promise<LoadBench> {
  const live = Math.ceil(seconds * LIVE_A_SECOND) + 1_000;
  return withInstallation({ webs, workers, events, live, seed }, say, async (at) => {
    say(`${readers} people read for ${seconds} seconds, while records come in …`);
    const run = { seed, events, readers, seconds };
    return figuresOf(at, run, await underLoad(at, { ...run, everything }));
  });
}
