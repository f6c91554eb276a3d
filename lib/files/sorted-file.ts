/**
 * Rows put in order, also of more than fit into memory: sorted runs in a file, merged while they are read. The file has no
 * name that others could open it by, and is gone with the process at the latest.
 */
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Rows of a run: a megabyte or so. */
const RUN_ROWS = 2_000;
/** Read of each run at once. */
const CHUNK = 16 * 1024;
const LINE_END = 0x0a;

interface Run {
  from: number;
  to: number;
}

/** A file without a name. */
function openUnnamed(): number {
  const folder = mkdtempSync(join(tmpdir(), "rollcall-sorted-"));
  try {
    return openSync(join(folder, "rows"), "wx+", 0o600);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The lines of one run, all read into the same memory: a buffer for each piece would cost more than what is read. */
function* linesOf(file: number, { from, to }: Run): Generator<string> {
  let memory = Buffer.allocUnsafe(Math.min(CHUNK, to - from));
  /** Of a line whose end has not been read. */
  let begun = 0;
  for (let at = from; at < to; ) {
    // A line that is longer than all of it.
    if (begun === memory.length) memory = Buffer.concat([memory], 2 * memory.length);
    const read = readSync(file, memory, begun, Math.min(memory.length - begun, to - at), at);
    if (read === 0) throw new Error("A temporary file ended before its rows did.");
    at += read;
    const filled = memory.subarray(0, begun + read);
    let start = 0;
    for (let end = filled.indexOf(LINE_END, begun); end >= 0; end = filled.indexOf(LINE_END, start)) {
      yield filled.toString("utf8", start, end);
      start = end + 1;
    }
    filled.copy(memory, 0, start);
    begun = filled.length - start;
  }
}

/** Where a run's reading has come to. */
interface Head<Row> {
  run: number;
  row: Row;
  rest: Iterator<string>;
}

export class SortedFile<Row> {
  private file: number | null = null;
  private readonly runs: Run[] = [];
  private fresh: Row[] = [];
  private count = 0;

  /**
   * @param compare the order; of equal rows the one added first comes first.
   * @param runRows of so many rows at a time memory holds the whole.
   */
  constructor(
    private readonly compare: (a: Row, b: Row) => number,
    private readonly runRows = RUN_ROWS,
  ) {}

  /** @param row of values that JSON keeps as they are. @throws when the disk is full. */
  add(row: Row): void {
    this.count += 1;
    this.fresh.push(row);
    if (this.fresh.length >= this.runRows) this.write();
  }

  private write(): void {
    this.file ??= openUnnamed();
    const rows = this.fresh.sort(this.compare);
    this.fresh = [];
    const bytes = Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    const from = this.runs.at(-1)?.to ?? 0;
    for (let done = 0; done < bytes.length; )
      done += writeSync(this.file, bytes, done, bytes.length - done, from + done);
    this.runs.push({ from, to: from + bytes.length });
  }

  /** All rows in order, as often as they are gone through. To be asked for when all have been added. */
  sorted(): Iterable<Row> & { length: number } {
    const { file } = this;
    if (file === null) return this.fresh.sort(this.compare);
    if (this.fresh.length > 0) this.write();
    return { length: this.count, [Symbol.iterator]: () => this.merged(file) };
  }

  private *merged(file: number): Generator<Row> {
    const heads: Head<Row>[] = [];
    // The runs by their next rows, the last one first: the next of all is taken off the end.
    const enter = (run: number, rest: Iterator<string>) => {
      const next = rest.next();
      if (next.done === true) return;
      const head: Head<Row> = { run, row: JSON.parse(next.value) as Row, rest };
      let low = 0;
      for (let high = heads.length; low < high; ) {
        const middle = (low + high) >> 1;
        const other = heads[middle] as Head<Row>;
        const order = this.compare(other.row, head.row) || other.run - head.run;
        if (order > 0) low = middle + 1;
        else high = middle;
      }
      heads.splice(low, 0, head);
    };
    for (const [i, run] of this.runs.entries()) enter(i, linesOf(file, run));
    for (let head = heads.pop(); head !== undefined; head = heads.pop()) {
      yield head.row;
      enter(head.run, head.rest);
    }
  }

  /** Gives the file back; nothing can be read any more. */
  close(): void {
    if (this.file !== null) closeSync(this.file);
    this.file = null;
    this.fresh = [];
  }
}
