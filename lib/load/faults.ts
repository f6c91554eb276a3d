/** Faults under load: each befalls an installation in use, and afterwards all is there and every page is back. */
import { execFile } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { CLOCK } from "./clock.ts";
import { clockSetBack } from "./faults/clock-set-back.ts";
import { connectionsExhausted } from "./faults/connections-exhausted.ts";
import { diskFull } from "./faults/disk-full.ts";
import type { Fault } from "./faults/fault.ts";
import { postgresKilled } from "./faults/postgres-killed.ts";
import { slowClients } from "./faults/slow-clients.ts";
import { tableLocked } from "./faults/table-locked.ts";
import { type Installation, type Say, withInstallation } from "./installation.ts";
import type { Kept } from "./kept.ts";
import { Latencies } from "./latency.ts";
import { allKept, type Decided } from "./run.ts";
import { Traffic } from "./traffic.ts";

/** What was told to whoever asked meanwhile. */
interface Told {
  /** Status and code. */
  error: string;
  times: number;
  message: string | null;
  retryAfter: string | null;
}

export interface FaultOutcome {
  name: string;
  what: string;
  /** Why it was not tried; null: it was. */
  skipped: string | null;
  requests: number;
  served: number;
  told: Told[];
  /** Seconds after its end until every page was answered again; null: never. */
  backSeconds: number | null;
  wrong: string[];
}

export interface FaultsBench {
  seed: number;
  faults: FaultOutcome[];
  records: Kept;
  decisions: Decided;
}

export interface FaultsOptions {
  /** Seconds that each lasts. */
  seconds: number;
  events: number;
  readers: number;
  seed?: number;
}

/** Small: so that others can take all of them. */
const CONNECTIONS = "40";
const DISK_MB = 512;
/** Nobody waits longer for a page to come back. */
const BACK_MS = 120_000;
/** Records that come meanwhile, at most. */
const LIVE = 20_000;

/** A file system of its own in memory, of which all can be used up; null where this process may not make one. */
async function smallDisk(): Promise<{ folder: string; end: () => Promise<void> } | null> {
  const run = promisify(execFile);
  const folder = await mkdtemp(join(tmpdir(), "rollcall-disk-"));
  const made = await run("mount", ["-t", "tmpfs", "-o", `size=${DISK_MB}m`, "rollcall-load", folder]).then(
    () => true,
    () => false,
  );
  if (!made) {
    await rm(folder, { recursive: true });
    return null;
  }
  await chmod(folder, 0o711);
  const end = async () => {
    await run("umount", [folder]);
    await rm(folder, { recursive: true });
  };
  return { folder, end };
}

/** Seconds until all is answered well; null when it is not in time. */
async function backAfter(traffic: Traffic, wrong: string[]): Promise<number | null> {
  const began = performance.now();
  for (;;) {
    const broken = await traffic.checkAll();
    const ms = performance.now() - began;
    if (broken.length === 0) return Math.round(ms / 100) / 10;
    if (ms > BACK_MS) {
      wrong.push(...broken);
      return null;
    }
    await sleep(250);
  }
}

/** What says in a sentence what is so, and when to ask again. A page says it itself (`e2e/own/database-trouble.spec.ts`). */
const TOLD = ["503 unavailable", "503 busy", "503 disk_full"];
const BY_PAGE = "500 of a page";

async function befall(
  at: Installation,
  traffic: Traffic,
  fault: Fault,
  seconds: number,
  say: Say,
): Promise<FaultOutcome> {
  say(`${fault.name} …`);
  const latencies = await Latencies.begin();
  traffic.noteIn(latencies);
  const wrong = await fault.befall({ at, traffic, seconds, say });
  const backSeconds = await backAfter(traffic, wrong);
  const sent = traffic.sent.records.length;
  // Records go on coming in.
  for (const end = performance.now() + BACK_MS; traffic.sent.records.length === sent; await sleep(100)) {
    if (performance.now() < end) continue;
    wrong.push("no records come in any more");
    break;
  }
  const figures = latencies.figures();
  const times = new Map<string, number>();
  for (const { kind, errors } of figures) {
    for (const [code, count] of Object.entries(errors)) {
      const error = code === "500" && kind.startsWith("page:") ? BY_PAGE : code;
      times.set(error, (times.get(error) ?? 0) + count);
    }
  }
  const told = [...times].map(([error, count]) => ({
    error,
    times: count,
    message: traffic.told.get(error)?.message ?? null,
    retryAfter: traffic.told.get(error)?.retryAfter ?? null,
  }));
  for (const { error, times: count, retryAfter, message } of told) {
    if (error === BY_PAGE) continue;
    if (!TOLD.includes(error)) wrong.push(`${count} requests ended with ${error}: ${message}`);
    else if (retryAfter === null) wrong.push(`${error} does not say when to ask again`);
  }
  if (fault.isFelt && told.length === 0) wrong.push("nobody felt it");
  if (!fault.isFelt && told.length > 0)
    wrong.push(`it was felt: ${told.map(({ error, message }) => `${error} ${message}`).join(", ")}`);
  const requests = figures.reduce((sum, kind) => sum + kind.requests, 0);
  const failed = [...times.values()].reduce((sum, count) => sum + count, 0);
  const { name, what } = fault;
  return { name, what, skipped: null, requests, served: requests - failed, told, backSeconds, wrong };
}

/** Lets all of them befall one installation, one after the other. Nobody's data is touched. */
export async function benchFaults(
  { seconds, events, readers, seed = 1 }: FaultsOptions,
  say: Say,
): Promise<FaultsBench> {
  const disk = await smallDisk();
  const options = {
    webs: 2,
    workers: 1,
    events,
    live: LIVE,
    seed,
    settings: {
      max_connections: CONNECTIONS,
      max_wal_size: "64MB",
      min_wal_size: "32MB",
      shared_buffers: "64MB",
    },
    preload: CLOCK,
    ...(disk === null ? {} : { dataFolder: disk.folder }),
  };
  const NO_DISK = "a file system of its own can't be made here: that takes root";
  try {
    return await withInstallation(options, say, async (at) => {
      const traffic = await Traffic.begin(at, await Latencies.begin(), {
        readers,
        readerPaceMs: 500,
        ingestPaceMs: 500,
        reviewPaceMs: 300,
        seed,
      });
      const faults: FaultOutcome[] = [];
      const all = [
        postgresKilled,
        connectionsExhausted,
        tableLocked,
        slowClients,
        clockSetBack,
        diskFull(disk?.folder ?? ""),
      ];
      for (const fault of all) {
        const { name, what } = fault;
        const untried = {
          name,
          what,
          skipped: NO_DISK,
          requests: 0,
          served: 0,
          told: [],
          backSeconds: null,
          wrong: [],
        };
        const isDisk = fault === all.at(-1);
        faults.push(isDisk && disk === null ? untried : await befall(at, traffic, fault, seconds, say));
      }
      await traffic.stop();
      return { seed, faults, ...(await allKept(at, traffic.sent)) };
    });
  } finally {
    await disk?.end();
  }
}
