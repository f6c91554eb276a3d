/** The pack itself, from reports and records to the zip's last byte; knows no database. */
import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import type { Writable } from "node:stream";
import type { StoredRecord, Withheld } from "../../db/log/read-records.ts";
import { OWN_SOURCE } from "../../db/log/segment.ts";
import { ZipWriter } from "../files/zip-writer.ts";
import { pseudonymiseRecord, pseudonymiseReport } from "../privacy/pseudonymise.ts";
import type { ReportName, Reports } from "../reports/contract.ts";
import { csvPieces } from "../reports/csv.ts";
import type { ReviewAsOf } from "../reviews/as-of.ts";
import { EvidenceError } from "./error.ts";
import { LAYOUT_VERSION, MANIFEST, type Manifest, type ManifestFile, type RecordLine } from "./manifest.ts";
import { readme } from "./readme.ts";

/** A file of records ends after so many bytes, so that each can still be opened in an editor. */
const PART_BYTES = 64 * 1024 * 1024;

/** Often enough for a bar that moves, seldom enough to cost nothing. */
const PROGRESS_EVERY = 1000;

/** What the manifest says of the pack as a whole. */
type PackAbout = Pick<Manifest, "createdAt" | "workspace" | "asOf" | "period" | "scope" | "pseudonymised">;

export interface PackReport<N extends ReportName = ReportName> {
  name: N;
  /** The parameters that the report was asked with, times in ISO 8601. */
  parameters: Manifest["reports"][number]["parameters"];
  report: Reports[N];
}

export interface PackInput {
  about: PackAbout;
  /** The reports, each worked out when its turn comes and let go after. */
  reports: AsyncIterable<PackReport>;
  /** The records of one source in the log's order, in batches of any size. */
  records(source: string): AsyncIterable<readonly StoredRecord[]>;
  /** The access reviews; null in a pack that is not of the whole workspace. */
  reviews: AsyncIterable<ReviewAsOf> | null;
  /** The audit log as CSV, of each piece how many entries it holds; null in a pack that is not of the whole workspace. */
  audit: AsyncIterable<{ text: string; rows: number }> | null;
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
}

/** A report as JSON text, an element of each list on a line of its own: it streams, and can be read and compared by line. */
function* jsonPieces(report: object): Generator<string> {
  let separator = "{\n";
  for (const [name, value] of Object.entries(report)) {
    yield `${separator}${JSON.stringify(name)}: `;
    separator = ",\n";
    if (!Array.isArray(value) || value.length === 0) {
      yield JSON.stringify(value);
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

const contentOf = (bytes: Buffer) =>
  isUtf8(bytes) ? { raw: bytes.toString("utf8") } : { rawBase64: bytes.toString("base64") };

/** What stands in place of the bytes of a record of which the log keeps the hash alone. */
const withheldLine = ({ why, at }: Withheld): Pick<RecordLine, "removed" | "withheld"> =>
  why === "retention" ? { removed: { at: new Date(at).toISOString(), why } } : { withheld: why };

/** @param pseudonyms as {@link PackInput} has it; the record comes with its events then. */
function recordLine(record: StoredRecord, pseudonyms: Uint8Array | null): string {
  const { source, format, fingerprint, sha256, bytes, withheld, encoded } = record;
  const head = { source, format, fingerprint, sha256 };
  if (pseudonyms !== null && withheld?.why !== "retention") {
    if (encoded === null) throw new Error("A pack with pseudonyms needs the events of its records.");
    const normal = pseudonymiseRecord(encoded, source, pseudonyms);
    return `${JSON.stringify({ ...head, withheld: "pseudonymised", normal } satisfies RecordLine)}\n`;
  }
  if (withheld !== null)
    return `${JSON.stringify({ ...head, ...withheldLine(withheld) } satisfies RecordLine)}\n`;
  if (bytes === null || createHash("sha256").update(bytes).digest("hex") !== sha256)
    throw new EvidenceError(
      "damaged-log",
      `The record ${record.fingerprint} of the source ${record.source} no longer has the SHA-256 that it had when it ` +
        "arrived: the log was changed or the disk is damaged. No pack was written. Restore the database from a backup.",
    );
  return `${JSON.stringify({ ...head, ...contentOf(bytes) } satisfies RecordLine)}\n`;
}

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

async function* oneByOne(batches: AsyncIterable<readonly StoredRecord[]>): AsyncGenerator<StoredRecord> {
  for await (const batch of batches) yield* batch;
}

class Pack {
  private readonly files: ManifestFile[] = [];
  private readonly reports: Manifest["reports"] = [];
  private sources: Manifest["sources"] = [];
  private records = 0;
  /** Of them, those that retention has removed: no report rests on them, and no source counts them. */
  private removed = 0;
  private events = 0;

  constructor(
    private readonly zip: ZipWriter,
    private readonly input: PackInput,
  ) {}

  private async add(
    path: string,
    pieces: AsyncIterable<string> | Iterable<string>,
    more: () => Pick<ManifestFile, "rows" | "source"> = () => ({}),
  ): Promise<void> {
    const written = await this.zip.add(path, pieces);
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
    const rows = report.rows.length;
    await this.add(`reports/${name}.json`, jsonPieces(report), () => ({ rows }));
    await this.add(`reports/${name}.csv`, csvPieces(name, report), () => ({ rows }));
    this.reports.push({ name, parameters, rows });
  }

  private async addReview(review: ReviewAsOf): Promise<void> {
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

  /** The lines of one file of records: the first record and as many more as the file takes. */
  private async *part(first: StoredRecord, rest: AsyncGenerator<StoredRecord>): AsyncGenerator<string> {
    let bytes = 0;
    for (let record = first; ; ) {
      const line = recordLine(record, this.input.pseudonyms);
      bytes += line.length;
      this.records += 1;
      if (record.withheld?.why === "retention") this.removed += 1;
      this.events += record.events;
      if (this.records % PROGRESS_EVERY === 0) this.input.onRecords?.(this.records);
      yield line;
      if (bytes >= PART_BYTES) return;
      const next = await rest.next();
      if (next.done) return;
      record = next.value;
    }
  }

  /** @param known how many there are; null: nobody has counted them. */
  private async addRecords(
    source: string,
    known: number | null,
    nameOf: (source: string) => string,
  ): Promise<void> {
    const records = oneByOne(this.input.records(source));
    const started = this.records - this.removed;
    try {
      for (let next = await records.next(); !next.done; next = await records.next()) {
        const before = this.records;
        await this.add(`records/${nameOf(source)}.ndjson`, this.part(next.value, records), () => ({
          rows: this.records - before,
          source,
        }));
      }
    } finally {
      await records.return(undefined);
    }
    const wanted = this.input.about.scope.application === null ? known : null;
    if (wanted !== null && this.records - this.removed - started !== wanted)
      throw new EvidenceError(
        "log-changed",
        `Records of the source ${source} arrived while the pack was being written, so its reports would not rest on all of ` +
          "its records. Export it again when the ingest is done, or give --as-of a time before the records that still arrive.",
      );
  }

  async write(): Promise<PackResult> {
    const { about } = this.input;
    await this.add("README.txt", readme(about));
    for await (const report of this.input.reports) await this.addReport(report);
    for await (const review of this.input.reviews ?? []) await this.addReview(review);
    if (this.input.audit !== null) await this.addAudit(this.input.audit);
    const nameOf = fileNames();
    for (const { source, records } of this.sources) await this.addRecords(source, records, nameOf);
    if (this.input.reviews !== null) await this.addRecords(OWN_SOURCE, null, nameOf);
    this.input.onRecords?.(this.records);
    const { files, reports, sources, records, events } = this;
    const manifest: Manifest = {
      product: "Rollcall",
      layoutVersion: LAYOUT_VERSION,
      ...about,
      sources,
      reports,
      records,
      events,
      files,
    };
    const written = await this.zip.add(MANIFEST, [`${JSON.stringify(manifest, null, 2)}\n`]);
    await this.zip.end(written.sha256);
    return {
      files: files.length + 1,
      rows: reports.reduce((sum, report) => sum + report.rows, 0),
      events,
    };
  }
}

/**
 * Writes one pack to `target` and ends it. Equal input gives equal bytes. Memory holds one report and a few batches.
 * @throws EvidenceError when a record's bytes are not those that arrived, or when records arrived while it was being
 *   written; else what the input or the target threw. The target is destroyed then.
 */
export async function writePack(input: PackInput, target: Writable): Promise<PackResult> {
  const zip = new ZipWriter(target, "evidence");
  try {
    return await new Pack(zip, input).write();
  } catch (error) {
    await zip.abandon(error);
    throw error;
  }
}
