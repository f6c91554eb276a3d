/** The pack itself, from reports and records to the zip's last byte; knows no database. */
import { createReadStream } from "node:fs";
import { join } from "node:path";
import type { Writable } from "node:stream";
import type { StoredRecord } from "../../db/log/read-records.ts";
import { OWN_SOURCE } from "../../db/log/segment.ts";
import { ZipWriter } from "../files/zip-writer.ts";
import { pseudonymiseReport } from "../privacy/pseudonymise.ts";
import type { ReportName } from "../reports/contract.ts";
import { csvPieces } from "../reports/csv.ts";
import { type FoldedReport, isRows } from "../reports/fold.ts";
import type { ReviewAsOf } from "../reviews/as-of.ts";
import { LeafSet } from "../transparency/leaf-set.ts";
import { consistencyProof, type HashOf, inclusionLines } from "../transparency/proofs.ts";
import { DigestTaker } from "./digest.ts";
import { documentsOf } from "./documents.ts";
import { EvidenceError } from "./error.ts";
import { LineMaker } from "./line-maker.ts";
import { LineReader } from "./line-reader.ts";
import type { Manifest, ManifestFile } from "./manifest.ts";
import { readme } from "./readme.ts";
import type { OffboardingSample } from "./sample.ts";
import {
  CHECKPOINT,
  CONSISTENCY,
  INCLUSION,
  KEYS,
  LAYOUT_VERSION,
  MANIFEST,
  SIGNATURE,
  SIGNED_MANIFEST,
} from "./verify.mjs";

/** A file of records ends after so many bytes, so that each can still be opened in an editor. */
const PART_BYTES = 64 * 1024 * 1024;

/**
 * How hard records are compressed, from 1 to 9. The fastest takes a sixth more room than the usual, and less than half of its
 * time, which is most of what a large pack takes.
 */
const RECORDS_LEVEL = 1;

/** Often enough for a bar that moves, seldom enough to cost nothing. */
const PROGRESS_EVERY = 1000;

/** What the manifest says of the pack as a whole. */
type PackAbout = Pick<
  Manifest,
  "createdAt" | "workspace" | "asOf" | "period" | "scope" | "template" | "pseudonymised"
>;

export interface PackReport<N extends ReportName = ReportName> {
  name: N;
  /** The parameters that the report was asked with, times in ISO 8601. */
  parameters: Manifest["reports"][number]["parameters"];
  report: FoldedReport<N>;
}

/** The log that the records are of, as it is signed for the pack. */
export interface PackLog {
  origin: string;
  size: number;
  root: Uint8Array;
  /** The head, signed. */
  checkpoint: string;
  /** `log/keys.txt`. */
  keys: string;
  /** Heads of smaller sizes that were signed before, by size. */
  earlier: readonly { size: number; checkpoint: string }[];
  hashOf: HashOf;
  /** Holds the records of every range for which `wanted` is true against the tree. @throws when they don't fit it. */
  check(wanted: (from: number, to: number) => boolean): Promise<void>;
  /** Signs a text in the log's name, as a signed note. */
  sign(text: string): string;
}

export interface PackInput {
  about: PackAbout;
  log: PackLog;
  /** The reports, each worked out when its turn comes and let go after. */
  reports: AsyncIterable<PackReport>;
  /** The records of one source in the log's order, in batches of any size. */
  records(source: string): AsyncIterable<readonly StoredRecord[]>;
  /** The access reviews; null in a pack that is not of the whole workspace. */
  reviews: AsyncIterable<ReviewAsOf> | null;
  /** The audit log as CSV, of each piece how many entries it holds; null in a pack that is not of the whole workspace. */
  audit: AsyncIterable<{ text: string; rows: number }> | null;
  /** The leavers that were drawn, of a pack that has a sample of them. */
  sample?: (() => Promise<OffboardingSample>) | undefined;
  /** The key of pseudonyms in place of people (lib/privacy/pseudonymise.ts); null: people by their names. */
  pseudonyms: Uint8Array | null;
  onRecords?: ((records: number) => void) | undefined;
}

export interface PackResult {
  files: number;
  /** Rows of all reports. */
  rows: number;
  /** Events that were read from the records of the pack. */
  events: number;
  /** Records of the log, and how long they took from the first to the last one's being compressed. */
  records: number;
  recordsSeconds: number;
}

/** A report as JSON text, an element of each list on a line of its own: it streams, and can be read and compared by line. */
function* jsonPieces(report: object): Generator<string> {
  let separator = "{\n";
  for (const [name, value] of Object.entries(report)) {
    yield `${separator}${JSON.stringify(name)}: `;
    separator = ",\n";
    if (!isRows(value) || value.length === 0) {
      yield isRows(value) ? "[]" : JSON.stringify(value);
      continue;
    }
    let before = "[\n";
    for (const element of value) {
      yield before + JSON.stringify(element);
      before = ",\n";
    }
    yield "\n]";
  }
  yield "\n}\n";
}

/** The verifier, beside this file; in the web server this file is somewhere else. */
const verifier = () =>
  createReadStream(join(process.env.ROLLCALL_ROOT ?? process.cwd(), "lib/evidence/verify.mjs"));

const changedMeanwhile = (source: string): EvidenceError =>
  new EvidenceError(
    "log-changed",
    `Records of the source ${source} arrived while the pack was being written, so its reports would not rest on all of ` +
      "its records. Export it again when the ingest is done, or give --as-of a time before the records that still arrive.",
  );

/** File names made of sources' names, which may hold anything; names that differ in case only would meet on some disks. */
function fileNames(): (source: string) => string {
  const taken = new Set<string>();
  return (source) => {
    const base = source.replaceAll(/[^\w.-]+/gu, "-");
    let name = base;
    for (let i = 2; taken.has(name.toLowerCase()); i++) name = `${base}-${i}`;
    taken.add(name.toLowerCase());
    return name;
  };
}

class Pack {
  private readonly files: ManifestFile[] = [];
  private readonly reports: Manifest["reports"] = [];
  private sources: Manifest["sources"] = [];
  private readonly digest = new DigestTaker();
  private records = 0;
  /** Of them, those that retention has removed: no report rests on them, and no source counts them. */
  private removed = 0;
  private events = 0;
  private readonly leaves: LeafSet;
  private readonly lines: LineMaker;

  constructor(
    private readonly zip: ZipWriter,
    private readonly input: PackInput,
  ) {
    this.leaves = new LeafSet(input.log.size);
    this.lines = new LineMaker(input.pseudonyms);
  }

  private async add(
    path: string,
    pieces: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
    more: () => Pick<ManifestFile, "rows" | "source"> = () => ({}),
    level?: number,
  ): Promise<void> {
    const written = await this.zip.add(path, pieces, level);
    this.files.push({ path, ...written, ...more() });
  }

  private async addReport<N extends ReportName>({
    name,
    parameters,
    report: named,
  }: PackReport<N>): Promise<void> {
    const { pseudonyms } = this.input;
    const report = pseudonyms === null ? named : pseudonymiseReport(name, named, pseudonyms);
    this.sources = report.completeness.sources;
    this.digest.take({ name, report });
    const rows = report.rows.length;
    await this.add(`reports/${name}.json`, jsonPieces(report), () => ({ rows }));
    await this.add(`reports/${name}.csv`, csvPieces(name, report), () => ({ rows }));
    this.reports.push({ name, parameters, rows });
  }

  private async addReview(review: ReviewAsOf): Promise<void> {
    this.digest.takeReview(review);
    const rows = review.rows.length;
    await this.add(`reviews/${review.review}.json`, jsonPieces(review), () => ({ rows }));
    await this.add(`reviews/${review.review}.csv`, csvPieces("review", review), () => ({ rows }));
  }

  private async addAudit(pieces: AsyncIterable<{ text: string; rows: number }>): Promise<void> {
    let count = 0;
    const texts = async function* () {
      for await (const { text, rows } of pieces) {
        count += rows;
        yield text;
      }
    };
    await this.add("audit.csv", texts(), () => ({ rows: count }));
  }

  /** Notes what the pack has of the log. @throws EvidenceError when a record is not of the log that is signed. */
  private note({ leaf, source, withheld, events }: StoredRecord): void {
    if (leaf === null || leaf >= this.leaves.size) throw changedMeanwhile(source);
    this.leaves.add(leaf);
    if (withheld?.why === "retention") this.removed += 1;
    this.events += events;
  }

  /** The lines of one file of records: as many as the file takes. */
  private async *part(records: LineReader): AsyncGenerator<Uint8Array> {
    for (let written = 0; written < PART_BYTES && (await records.more()); ) {
      const { text, count, characters } = records.take(PART_BYTES - written);
      written += characters;
      const told = Math.floor(this.records / PROGRESS_EVERY);
      this.records += count;
      if (Math.floor(this.records / PROGRESS_EVERY) > told) this.input.onRecords?.(this.records);
      yield text;
    }
  }

  /** @param known how many there are; null: nobody has counted them. */
  private async addRecords(
    source: string,
    known: number | null,
    nameOf: (source: string) => string,
  ): Promise<void> {
    const records = new LineReader(this.input.records(source), (batch) => {
      for (const record of batch) this.note(record);
      return this.lines.make(batch);
    });
    const started = this.records - this.removed;
    try {
      while (await records.more()) {
        const before = this.records;
        await this.add(
          `records/${nameOf(source)}.ndjson`,
          this.part(records),
          () => ({ rows: this.records - before, source }),
          RECORDS_LEVEL,
        );
      }
    } finally {
      await records.close();
    }
    const { application, review } = this.input.about.scope;
    const wanted = application === null && review === null ? known : null;
    if (wanted !== null && this.records - this.removed - started !== wanted) throw changedMeanwhile(source);
  }

  /** What proves that the records are the log's, and that the log continues what it was. */
  private async addProofs(): Promise<void> {
    const { log } = this.input;
    const { size, earlier, hashOf } = log;
    await log.check((from, to) => this.leaves.countIn(from, to) > 0);
    const heads = async function* () {
      for (const { size: before, checkpoint } of earlier)
        yield `${JSON.stringify({ checkpoint, proof: await consistencyProof(before, size, hashOf) })}\n`;
    };
    await this.add(CHECKPOINT, [log.checkpoint]);
    await this.add(KEYS, [log.keys]);
    await this.add(INCLUSION, inclusionLines(this.leaves, hashOf));
    await this.add(CONSISTENCY, heads());
  }

  private async addDocuments(): Promise<void> {
    const { about, reviews, sample } = this.input;
    const digest = this.digest.result(reviews !== null);
    for await (const { path, content } of documentsOf({ about, digest, files: [...this.files], sample }))
      await this.add(path, content);
  }

  /** To be called at the end, however it went. */
  close(): Promise<void> {
    return this.lines.close();
  }

  async write(): Promise<PackResult> {
    const { about, log } = this.input;
    await this.add("README.txt", readme(about));
    await this.add("verify.mjs", verifier());
    for await (const report of this.input.reports) await this.addReport(report);
    for await (const review of this.input.reviews ?? []) await this.addReview(review);
    if (this.input.audit !== null) await this.addAudit(this.input.audit);
    const nameOf = fileNames();
    const started = performance.now();
    for (const { source, records } of this.sources) await this.addRecords(source, records, nameOf);
    if (this.input.reviews !== null) await this.addRecords(OWN_SOURCE, null, nameOf);
    const recordsSeconds = Math.round(performance.now() - started) / 1000;
    this.input.onRecords?.(this.records);
    // Before the proofs: those change when the log grows, and the documents must not.
    await this.addDocuments();
    await this.addProofs();
    const { files, reports, sources, records, events } = this;
    const manifest: Manifest = {
      product: "Rollcall",
      layoutVersion: LAYOUT_VERSION,
      ...about,
      sources,
      reports,
      log: { origin: log.origin, size: log.size, root: Buffer.from(log.root).toString("hex") },
      records,
      events,
      files,
    };
    const written = await this.zip.add(MANIFEST, [`${JSON.stringify(manifest, null, 2)}\n`]);
    await this.zip.add(SIGNATURE, [log.sign(`${SIGNED_MANIFEST}\n${log.origin}\n${written.sha256}\n`)]);
    await this.zip.end(written.sha256);
    return {
      files: files.length + 2,
      rows: reports.reduce((sum, report) => sum + report.rows, 0),
      events,
      records,
      recordsSeconds,
    };
  }
}

/**
 * Writes one pack to `target` and ends it. Equal input gives equal bytes. Memory holds a few batches, and of reports what {@link FoldedReport} does.
 * @throws EvidenceError when a record's bytes are not those that arrived, or when records arrived while it was being
 *   written; else what the input or the target threw. The target is destroyed then.
 */
export async function writePack(input: PackInput, target: Writable): Promise<PackResult> {
  const zip = new ZipWriter(target, "evidence");
  const pack = new Pack(zip, input);
  try {
    return await pack.write();
  } catch (error) {
    await zip.abandon(error);
    throw error;
  } finally {
    await pack.close();
  }
}
