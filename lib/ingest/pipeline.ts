/** The way in: bytes of a file or stream become records in the log, batch by batch, and the read models follow. */
import { randomUUID } from "node:crypto";
import type { Db } from "../../db/client.ts";
import { type Appended, appendBatch, type NewRecord, type NewRejected } from "../../db/log/append.ts";
import { finishIngest, startIngest } from "../../db/queries/ingests.ts";
import { readMapping, writeMapping } from "../../db/queries/source-mappings.ts";
import { ensureSource } from "../../db/queries/sources.ts";
import { mergeFacts } from "../lifecycle/refs.ts";
import type { IngestResult } from "../reports/contract.ts";
import { adapterOf } from "./adapters/registry.ts";
import { layoutOf, type Wishes } from "./layout.ts";
import { IngestProblem } from "./problem.ts";
import { type Reading, readFrame, UNKNOWN_SOURCE } from "./record.ts";
import { refresh } from "./refresh.ts";

/** A batch is a transaction: large enough to be fast, small enough that little is done again after a crash. */
const BATCH_RECORDS = 2_000;
const BATCH_BYTES = 4 * 1024 * 1024;

/** Names go into links and addresses: short and plain. */
const SOURCE_NAME = /^[a-z0-9][a-z0-9._-]{0,62}$/u;

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

  add(batch: { records: readonly NewRecord[]; rejected: readonly NewRejected[] }, appended: Appended): void {
    this.records += batch.records.length + batch.rejected.length;
    this.accepted += appended.accepted;
    this.duplicates += appended.duplicates;
    this.rejected += appended.rejected;
    for (const { events } of batch.records) {
      for (const { normal } of events) {
        this.first = Math.min(this.first, normal.at);
        this.last = Math.max(this.last, normal.at);
      }
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
  const source = input.source ?? null;
  if (source !== null && !SOURCE_NAME.test(source)) {
    throw new IngestProblem(
      "bad-source-name",
      `A source's name is 1 to 63 lower-case letters, digits, dots, dashes and underscores, not "${source}".`,
    );
  }
  return { source, adapter };
}

/** Makes the batch's sources known, each once a run. */
async function ensureSources(
  db: Db,
  workspace: string,
  input: IngestInput,
  tally: Tally,
  batch: { records: readonly NewRecord[]; rejected: readonly NewRejected[] },
): Promise<void> {
  const formats = new Map(
    batch.rejected.map((r) => [r.source, tally.sources.get(r.source) ?? UNKNOWN_SOURCE]),
  );
  for (const record of batch.records) formats.set(record.source, record.format);
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
  input: IngestInput,
  onProgress?: (progress: IngestProgress) => void,
): Promise<IngestResult> {
  const started = performance.now();
  const wanted = readingOf(input);
  const id = input.id ?? randomUUID();
  const tally = new Tally();
  let bytesRead = 0;
  const report = (phase: IngestProgress["phase"], subjects: IngestProgress["subjects"] = null) =>
    onProgress?.({
      phase,
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

  let records: NewRecord[] = [];
  let rejected: NewRejected[] = [];
  let bytes = 0;
  /** The source of what was read last: what stands beside it and can't be read is most likely of that one too. */
  let source = UNKNOWN_SOURCE;
  const withSource = (row: NewRejected) => (row.source === UNKNOWN_SOURCE ? { ...row, source } : row);
  let writing: Promise<void> = Promise.resolve();
  const write = async (batch: { records: NewRecord[]; rejected: NewRejected[]; bytesRead: number }) => {
    await ensureSources(db, workspace, input, tally, batch);
    tally.add(batch, await appendBatch(db, { workspace, ingest: id, ...batch }, mergeFacts));
    report("reading");
  };
  /** Hands the batch to the database; the next one is read meanwhile, and waits for this one. */
  const flush = async () => {
    await writing;
    source = records.at(-1)?.source ?? source;
    writing = write({ records, rejected: rejected.map(withSource), bytesRead });
    // Whoever awaits it next hears of a failure; until then it is no unhandled one.
    writing.catch(() => {});
    [records, rejected, bytes] = [[], [], 0];
  };
  const finish = async () => {
    if (records.length + rejected.length > 0) await flush();
    await writing;
  };

  await startIngest(db, workspace, {
    ingest: id,
    source: wanted.source ?? "",
    format: wanted.adapter?.format ?? "",
    file: input.file,
    bytesTotal: input.bytesTotal,
  });
  let failure: unknown;
  try {
    const layout = await layoutOf(counted(), input, {
      read: (source) => readMapping(db, workspace, source),
      write: (source, mapping) => writeMapping(db, workspace, source, mapping),
    });
    const reading: Reading = { source: layout.source, adapter: layout.adapter ?? wanted.adapter };
    for await (const batch of layout.frames) {
      for (const frame of batch) {
        const read = readFrame(frame, reading);
        if ("record" in read) records.push(read.record);
        else rejected.push(read.rejected);
        bytes += frame.bytes.length;
        if (records.length + rejected.length >= BATCH_RECORDS || bytes >= BATCH_BYTES) await flush();
      }
    }
    await finish();
  } catch (error) {
    failure = error;
    // The input ended badly: what was read of it is kept. A failure of the database is not tried again.
    if (error instanceof IngestProblem) await finish().catch(() => {});
  }
  try {
    const onProgress = (done: number, all: number) => report("working-out", { done, all });
    await refresh(db, workspace, { onProgress });
  } catch (error) {
    failure ??= error;
  }
  const end = {
    source: tally.source || (wanted.source ?? ""),
    format: tally.format || (wanted.adapter?.format ?? ""),
  };
  const message = failure === undefined ? null : failure instanceof Error ? failure.message : String(failure);
  await finishIngest(db, workspace, id, { ...end, error: message });
  if (failure !== undefined) throw failure;
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
