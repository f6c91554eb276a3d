/** The way in: bytes of a file or stream become records in the log, batch by batch, and the read models follow. */
import { randomUUID } from "node:crypto";
import type { Db } from "../../db/client.ts";
import { type Appended, appendBatch } from "../../db/log/append.ts";
import { sequence } from "../../db/log/tree.ts";
import { beatIngest, finishIngest, SILENT_MS, startIngest } from "../../db/queries/ingests.ts";
import { readMapping } from "../../db/queries/source-mappings.ts";
import { ensureSource } from "../../db/queries/sources.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { linkFactsOf } from "../lifecycle/refs.ts";
import type { IngestResult } from "../reports/contract.ts";
import { wishForReports } from "../reports/editions/large.ts";
import { adapterOf } from "./adapters/registry.ts";
import type { Frame } from "./framing.ts";
import { layoutOf, type Wishes } from "./layout.ts";
import { type Packed, Packer } from "./packer.ts";
import { packJson } from "./parallel/pack-json.ts";
import { IngestProblem } from "./problem.ts";
import { type Reading, UNKNOWN_SOURCE } from "./record.ts";
import { refresh } from "./refresh.ts";
import { setMapping } from "./set-mapping.ts";
import { withinSource } from "./source-name.ts";

/**
 * A batch is a transaction. The larger it is, the fewer rows say where a ref's records lie; this much is read in a second
 * or two, so that little is done again after a crash, and two of them fit in memory.
 */
const BATCH_SEGMENTS = 64;
const BATCH_REJECTED = 2_000;
const BATCH_REJECTED_BYTES = 16 * 1024 * 1024;
/** What trickles in is written after so long all the same. */
const BATCH_MS = 2_000;
/** While it is worked out what the records say, an ingest tells so often that it is under way. */
const BEAT_MS = SILENT_MS / 4;

export interface IngestInput extends Wishes {
  chunks: AsyncIterable<Uint8Array>;
  /** Name of the file for people; null for standard input. */
  file: string | null;
  bytesTotal: number | null;
  customer?: string | undefined;
  /** Id to be known by while it runs; a UUID. */
  id?: string | undefined;
}

export interface IngestProgress {
  phase: "reading" | "working-out";
  /** Formats met by now, joined by a plus; empty before the first. */
  format: string;
  bytesRead: number;
  bytesTotal: number | null;
  records: number;
  accepted: number;
  duplicates: number;
  rejected: number;
  /** Subjects worked out, of all that changed. */
  subjects: { done: number; all: number } | null;
}

/** Counts of one run, and which sources and formats it met. */
class Tally {
  records = 0;
  accepted = 0;
  duplicates = 0;
  rejected = 0;
  first = Infinity;
  last = -Infinity;
  readonly sources = new Map<string, string>();

  add({ segments }: Packed, appended: Appended): void {
    this.records += appended.accepted + appended.duplicates + appended.rejected;
    this.accepted += appended.accepted;
    this.duplicates += appended.duplicates;
    this.rejected += appended.rejected;
    for (const { firstAt, lastAt } of segments) {
      this.first = Math.min(this.first, firstAt);
      this.last = Math.max(this.last, lastAt);
    }
  }

  get source(): string {
    return [...this.sources.keys()].sort().join("+");
  }

  get format(): string {
    return [...new Set(this.sources.values())].sort().join("+");
  }
}

function readingOf(input: IngestInput): Reading {
  const wanted = input.format ?? "auto";
  const adapter = wanted === "auto" ? null : adapterOf(wanted);
  if (adapter === undefined)
    throw new IngestProblem("unknown-format", `There is no format called "${wanted}".`);
  for (const [what, name] of [
    ["file", input.file],
    ["customer", input.customer],
  ] as const) {
    if (name?.includes("\0")) {
      throw new IngestProblem(
        "bad-name",
        `The name of the ${what} holds the character NUL, which no name has.`,
      );
    }
  }
  return { source: input.source ?? null, adapter };
}

/** Packs frames from front to back; what waits for more is packed when the frames end, well or badly. */
async function* packFrames(cut: AsyncIterable<Frame[]>, reading: Reading): AsyncGenerator<Packed> {
  const packer = new Packer(reading);
  const failures: unknown[] = [];
  try {
    for await (const batch of cut) {
      for (const frame of batch) packer.add(frame);
      yield packer.take();
    }
  } catch (error) {
    failures.push(error);
  }
  yield packer.flush();
  if (failures.length > 0) throw failures[0];
}

/** Makes the batch's sources known, each once a run. */
async function ensureSources(
  db: Db,
  workspace: string,
  input: IngestInput,
  tally: Tally,
  batch: Packed,
): Promise<void> {
  const formats = new Map(
    batch.rejected.map((r) => [r.source, tally.sources.get(r.source) ?? UNKNOWN_SOURCE]),
  );
  for (const segment of batch.segments) formats.set(segment.source, segment.format);
  for (const [source, format] of formats) {
    const known = tally.sources.get(source);
    if (known !== undefined && known !== UNKNOWN_SOURCE) continue;
    const customer = input.customer ?? null;
    const onRecord = await ensureSource(db, workspace, { source, format, customer });
    if (customer !== null && onRecord !== customer) {
      throw new IngestProblem(
        "customer-differs",
        `The source "${source}" belongs to the customer "${onRecord}"; give these records a source of their own with --source.`,
      );
    }
    tally.sources.set(source, format);
  }
}

/**
 * Ingests one file or stream and works out the read models.
 * @throws {IngestProblem} with a sentence, when the input can't be read on; what was read by then is kept.
 */
export async function ingest(
  db: Db,
  workspace: string,
  by: Caller,
  asked: IngestInput,
  onProgress?: (progress: IngestProgress) => void,
): Promise<IngestResult> {
  const started = performance.now();
  const input = withinSource(by, asked);
  const wanted = readingOf(input);
  const id = input.id ?? randomUUID();
  const tally = new Tally();
  let bytesRead = 0;
  const report = (phase: IngestProgress["phase"], subjects: IngestProgress["subjects"] = null) =>
    onProgress?.({
      phase,
      format: tally.format,
      bytesRead,
      bytesTotal: input.bytesTotal,
      records: tally.records,
      accepted: tally.accepted,
      duplicates: tally.duplicates,
      rejected: tally.rejected,
      subjects,
    });

  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of input.chunks) {
      bytesRead += chunk.length;
      yield chunk;
    }
  }

  /** The source of what was read last: what stands beside it and can't be read is most likely of that one too. */
  let source = UNKNOWN_SOURCE;
  let waiting: Packed = { segments: [], rejected: [] };
  let rejectedBytes = 0;
  let written = performance.now();
  /** Of a log that is read for the first time all records are new, of one that is read again none. */
  let likelyNew = false;
  let writing: Promise<void> = Promise.resolve();
  const write = async (batch: Packed, upTo: number) => {
    await ensureSources(db, workspace, input, tally, batch);
    const appended = await appendBatch(db, {
      workspace,
      ingest: id,
      ...batch,
      bytesRead: upTo,
      likelyNew,
      seenKnown: tally.duplicates > 0,
      factsOf: linkFactsOf,
    });
    likelyNew = appended.duplicates === 0;
    tally.add(batch, appended);
    report("reading");
  };
  /** Hands what waits to the database; more is read meanwhile, and waits for it. */
  const flush = async () => {
    const { segments, rejected } = waiting;
    [waiting, rejectedBytes] = [{ segments: [], rejected: [] }, 0];
    if (segments.length + rejected.length === 0) return;
    await writing;
    source = segments.at(-1)?.source ?? source;
    const named = rejected.map((row) => (row.source === UNKNOWN_SOURCE ? { ...row, source } : row));
    writing = write({ segments, rejected: named }, bytesRead);
    // Whoever awaits it next hears of a failure; until then it is no unhandled one.
    writing.catch(() => {});
    written = performance.now();
  };
  const take = ({ segments, rejected }: Packed) => {
    waiting.segments.push(...segments);
    waiting.rejected.push(...rejected);
    for (const row of rejected) rejectedBytes += row.bytes.length;
  };
  const isDue = () =>
    waiting.segments.length >= BATCH_SEGMENTS ||
    waiting.rejected.length >= BATCH_REJECTED ||
    rejectedBytes >= BATCH_REJECTED_BYTES ||
    performance.now() - written > BATCH_MS;
  const finish = async () => {
    await flush();
    await writing;
  };

  await act({ db, workspace, by }, "ingest", "ingest", async (sql) => {
    const { file, bytesTotal, customer = null } = input;
    const [source, format] = [wanted.source ?? "", wanted.adapter?.format ?? ""];
    if (!(await startIngest(sql, workspace, { ingest: id, source, format, file, bytesTotal }))) {
      throw new IngestProblem(
        "known-id",
        `An ingest with the id ${id} has begun before: give each one its own.`,
      );
    }
    return {
      result: undefined,
      object: file ?? "standard input",
      after: { ingest: id, source, format, customer },
    };
  });
  let failure: unknown;
  try {
    const layout = await layoutOf(counted(), input, {
      read: (source) => readMapping(db.sql, workspace, source),
      write: (source, mapping) => setMapping(db, workspace, by, source, mapping),
    });
    const reading: Reading = { source: layout.source, adapter: layout.adapter ?? wanted.adapter };
    const packed = "json" in layout ? packJson(layout.json, reading) : packFrames(layout.frames, reading);
    for await (const some of packed) {
      take(some);
      if (isDue()) await flush();
    }
    await finish();
  } catch (error) {
    failure = error;
    // The input ended badly: what was read of it is kept. A failure of the database is not tried again.
    if (error instanceof IngestProblem) await finish().catch(() => {});
  }
  // Whoever stops does not wait for it: the next report, or the next ingest, works out what is left.
  if (!(failure instanceof IngestProblem && failure.code === "interrupted")) {
    // Else it would be taken for one whose process died.
    const beating = setInterval(() => void beatIngest(db, workspace, id).catch(() => {}), BEAT_MS);
    try {
      const onProgress = (done: number, all: number) => report("working-out", { done, all });
      // Beside one another: what the records say of people, and their place in the log's tree.
      await Promise.all([refresh(db, workspace, { onProgress }), sequence(db, workspace)]);
    } catch (error) {
      failure ??= error;
    } finally {
      clearInterval(beating);
    }
  }
  const end = {
    source: tally.source || (wanted.source ?? ""),
    format: tally.format || (wanted.adapter?.format ?? ""),
  };
  const message = failure === undefined ? null : failure instanceof Error ? failure.message : String(failure);
  await finishIngest(db, workspace, id, { ...end, error: message });
  if (failure !== undefined) throw failure;
  // Whoever opens a page does without it what this saves them waiting for.
  await wishForReports(db, workspace).catch(() => {});
  const time = (at: number) => (Number.isFinite(at) ? new Date(at).toISOString() : null);
  return {
    ...end,
    records: tally.records,
    accepted: tally.accepted,
    duplicates: tally.duplicates,
    rejected: tally.rejected,
    firstEventAt: time(tally.first),
    lastEventAt: time(tally.last),
    seconds: Math.round(performance.now() - started) / 1000,
  };
}
