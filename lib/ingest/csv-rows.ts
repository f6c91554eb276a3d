/** Cuts a table's bytes into rows (RFC 4180: a line end within quotes is part of a field), whatever the chunks. */
import type { Frame } from "./framing/frame.ts";

export type Row = Pick<Frame, "bytes" | "position">;

/**
 * The longest row: rows of people are under a kilobyte, and no quote that is never closed may swallow more than this
 * before it is noticed.
 */
const MAX_ROW_BYTES = 256 * 1024;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;

function quotesIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(QUOTE); at >= 0; at = bytes.indexOf(QUOTE, at + 1)) count += 1;
  return count;
}

function linesIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) count += 1;
  return count;
}

/** A line without the first half of CRLF. */
const trimmed = (line: Buffer): Buffer => (line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line);

export class Rows {
  /** Bytes from the start of the row that is read on; `scanned` of them are known to hold no end of it. */
  private held: Buffer = Buffer.alloc(0);
  private scanned = 0;
  private quotes = 0;
  private offset = 0;
  private line = 1;
  /** The header is row 0. */
  private record = 0;

  /** @param isRow whether bytes of several lines are one row: where they are not, a quote is wrong in the first. */
  constructor(private readonly isRow: (bytes: Buffer) => boolean) {}

  /** The rows that end in the chunk, the header and empty lines left out. */
  push(chunk: Uint8Array): Row[] {
    this.held = Buffer.concat([this.held, chunk]);
    return this.take(false);
  }

  /** The rows that are left. */
  end(): Row[] {
    return this.take(true);
  }

  private take(atEnd: boolean): Row[] {
    const rows: Row[] = [];
    for (let end = this.rowEnd(atEnd); end !== null; end = this.rowEnd(atEnd)) {
      const row = this.cut(end);
      if (row !== null) rows.push(row);
    }
    return rows;
  }

  /** Where the row ends that the held bytes begin with; null when more is needed, or nothing is left. */
  private rowEnd(atEnd: boolean): number | null {
    for (;;) {
      const found = this.held.indexOf(LINE_FEED, this.scanned);
      const lineEnd = found < 0 ? this.held.length : found;
      const last = found < 0 && (atEnd || lineEnd > MAX_ROW_BYTES);
      if (lineEnd === 0 && found < 0) return null;
      if (found < 0 && !last) return null;
      this.quotes += quotesIn(this.held.subarray(this.scanned, lineEnd));
      const inQuotes = this.quotes % 2 === 1;
      if (inQuotes && !last && lineEnd <= MAX_ROW_BYTES) {
        this.scanned = lineEnd + 1;
        continue;
      }
      const firstEnd = this.held.indexOf(LINE_FEED);
      if (firstEnd < 0 || firstEnd === lineEnd) return lineEnd;
      return !inQuotes && this.isRow(trimmed(this.held.subarray(0, lineEnd))) ? lineEnd : firstEnd;
    }
  }

  /** Takes the row off the held bytes; null for the header and for an empty line. */
  private cut(end: number): Row | null {
    const whole = this.held.subarray(0, end);
    const bytes = trimmed(whole);
    const blank = bytes.toString("latin1").trim() === "";
    const { offset, line, record } = this;
    this.held = this.held.subarray(Math.min(end + 1, this.held.length));
    this.offset += end + 1;
    this.line += linesIn(whole) + 1;
    this.scanned = 0;
    this.quotes = 0;
    if (blank) return null;
    this.record += 1;
    return record === 0 ? null : { bytes, position: { record, offset, line } };
  }
}
