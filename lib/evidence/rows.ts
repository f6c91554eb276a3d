/**
 * Counts the rows of a pack's files as their bytes go by, and checks each record line. Lines are what packs are laid out
 * by (see docs/evidence.md), so no file has to fit in memory.
 */
import { createHash } from "node:crypto";
import { RecordLineSchema } from "./manifest.ts";

interface RowReader {
  write(chunk: Buffer): void;
  /** To be called once, after the last chunk. Returns the number of rows. */
  end(): number;
}

type Tell = (problem: string) => void;

/**
 * The longest line read: a record has at most 16 MiB, JSON spells each of its bytes in six at most; and JavaScript can't
 * hold a text of more than 512 MiB.
 */
const MAX_LINE_BYTES = 128 * 1024 * 1024;

const LF = 0x0a;
const QUOTE = 0x22;

/** Cuts chunks into lines; a line over the limit is told and handed over as null. */
class Lines {
  private held: Buffer[] = [];
  private length = 0;
  private number = 0;

  constructor(
    private readonly onLine: (line: string | null, number: number) => void,
    private readonly tell: Tell,
  ) {}

  write(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
      this.hold(chunk.subarray(start, end));
      this.flush();
      start = end + 1;
    }
    this.hold(chunk.subarray(start));
  }

  end(): void {
    if (this.length > 0) this.flush();
  }

  private hold(piece: Buffer): void {
    this.length += piece.length;
    if (this.length <= MAX_LINE_BYTES) this.held.push(piece);
    else this.held = [];
  }

  private flush(): void {
    this.number += 1;
    const fits = this.length <= MAX_LINE_BYTES;
    if (!fits) this.tell(`line ${this.number} is longer than any line that Rollcall writes.`);
    this.onLine(fits ? Buffer.concat(this.held).toString("utf8") : null, this.number);
    this.held = [];
    this.length = 0;
  }
}

function parsed(line: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(line) };
  } catch {
    return null;
  }
}

/** Elements of the list `rows` of a report, each on its own line. */
function jsonRows(tell: Tell): RowReader {
  let state: "before" | "inside" | "after" = "before";
  let rows = 0;
  const lines = new Lines((line, number) => {
    if (state === "before") {
      if (line === '"rows": [') state = "inside";
      if (line === '"rows": []' || line === '"rows": [],') state = "after";
    } else if (state === "inside") {
      if (line === "]" || line === "],") {
        state = "after";
        return;
      }
      rows += 1;
      if (line !== null && parsed(line.endsWith(",") ? line.slice(0, -1) : line) === null)
        tell(`line ${number} is no row in JSON.`);
    }
  }, tell);
  return {
    write: (chunk) => lines.write(chunk),
    end: () => {
      lines.end();
      if (state !== "after") tell("has no complete list of rows, one row a line.");
      return rows;
    },
  };
}

/** Lines of a CSV but its header; a line break between quotes ends no row. */
function csvRows(): RowReader {
  let quoted = false;
  let ends = 0;
  return {
    write: (chunk) => {
      for (const byte of chunk) {
        if (byte === QUOTE) quoted = !quoted;
        else if (byte === LF && !quoted) ends += 1;
      }
    },
    end: () => Math.max(0, ends - 1),
  };
}

/** Lines of a file of records, the bytes of each against the hash beside them. */
function recordRows(tell: Tell): RowReader {
  let rows = 0;
  const check = (line: string, number: number) => {
    const record = RecordLineSchema.safeParse(parsed(line)?.value);
    if (!record.success) {
      tell(
        `line ${number} is no record: it needs source, format, fingerprint, sha256, and raw, rawBase64, withheld or removed.`,
      );
      return;
    }
    const { raw, rawBase64, sha256, fingerprint } = record.data;
    // Of a record that is withheld the hash can be checked by whoever has the record.
    if (raw === undefined && rawBase64 === undefined) return;
    const bytes = raw === undefined ? Buffer.from(rawBase64 ?? "", "base64") : Buffer.from(raw);
    if (createHash("sha256").update(bytes).digest("hex") !== sha256)
      tell(`line ${number}: the record ${fingerprint} does not have the SHA-256 that stands beside it.`);
  };
  const lines = new Lines((line, number) => {
    rows += 1;
    if (line !== null) check(line, number);
  }, tell);
  return {
    write: (chunk) => lines.write(chunk),
    end: () => {
      lines.end();
      return rows;
    },
  };
}

/** What counts the rows of the file at `path`; null for a file that has none. */
export function rowReader(path: string, tell: Tell): RowReader | null {
  if (/^(?:reports|reviews)\/[^/]+\.json$/u.test(path)) return jsonRows(tell);
  if (/^(?:(?:reports|reviews)\/[^/]+|audit)\.csv$/u.test(path)) return csvRows();
  if (/^records\/[^/]+\.ndjson$/u.test(path)) return recordRows(tell);
  return null;
}
