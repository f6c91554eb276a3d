/**
 * The log's records divided by subject into parts, each small enough to be worked out at once. Segments are opened by
 * threads; what does not fit in memory goes to a file.
 */
import type { SqlSession } from "../../db/client.ts";
import { type LogScope, type LogSegment, readSegments } from "../../db/log/read.ts";
import { refHash } from "../../db/log/segment.ts";
import { type DividedLines, divide } from "./divide.ts";
import { Divided } from "./divided.ts";
import type { DivideQuestion } from "./parallel/divide-thread.ts";
import { Pool } from "./parallel/pool.ts";
import { MAX_PARTS, type RefTable, RefTableMaker } from "./ref-table.ts";
import { holdingLine } from "./subject-lines.ts";
import type { Held } from "./subjects.ts";

/** Events in one part, on average: some dozen people's, a few megabytes once they are read. */
const PART_EVENTS = 5_000;
/** Fewer events are divided before threads have started. */
const THREADS_FROM = 20_000;

/** Puts each holding into its subject's part. @returns which parts want the records of which refs. */
async function divideHoldings(
  parts: Divided,
  holdings: AsyncIterable<readonly Held[]> | Iterable<readonly Held[]>,
): Promise<RefTable> {
  const table = new RefTableMaker();
  for await (const some of holdings) {
    for (const holding of some) {
      const part = (refHash(holding.subject) >>> 0) % parts.count;
      table.add(holding.ref, part);
      parts.add(part, holdingLine(holding));
    }
    if (parts.full) await parts.spill();
  }
  return table.end();
}

/** The segments, with their numbers noted. */
async function* noted(segments: AsyncIterable<LogSegment>, read: number[]): AsyncGenerator<LogSegment> {
  for await (const segment of segments) {
    read.push(segment.segment);
    yield segment;
  }
}

/** The lines of the segments, by threads. */
async function* dividedByThreads(
  sql: SqlSession,
  workspace: string,
  scope: LogScope,
  table: RefTable,
  read: number[],
): AsyncGenerator<DividedLines> {
  const pool = await Pool.start<DivideQuestion, DividedLines>("divide-thread", table);
  /** Memory of answers that have been taken. */
  const free: ArrayBuffer[] = [];
  async function* questions(): AsyncGenerator<DivideQuestion> {
    for await (const segment of noted(readSegments(sql, workspace, scope), read))
      yield { segment, memory: free.pop() ?? new ArrayBuffer(0) };
  }
  try {
    for await (const lines of pool.each(questions(), ({ memory }) => [memory])) {
      yield lines;
      free.push(lines.bytes.buffer);
    }
  } finally {
    await pool.close();
  }
}

/**
 * Reads the segments of a scope and divides their records by subject.
 * @param holdings of the subjects that are wanted, all of each; records of others are left out.
 * @param events how many there are about: the number of parts follows from it.
 * @param read is filled with the numbers of the segments; whole before the first part comes.
 * @returns parts as `readSubjects` takes them; each subject is in one of them, with all of its records.
 */
export async function* gather(
  sql: SqlSession,
  workspace: string,
  scope: LogScope,
  holdings: AsyncIterable<readonly Held[]> | Iterable<readonly Held[]>,
  events: number,
  read: number[] = [],
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const parts = new Divided(Math.min(Math.max(Math.ceil(events / PART_EVENTS), 1), MAX_PARTS));
  try {
    const table = await divideHoldings(parts, holdings);
    const take = async ({ bytes, parts: of, ends }: DividedLines) => {
      parts.addAll(bytes, of, ends);
      if (parts.full) await parts.spill();
    };
    if (events < THREADS_FROM) {
      for await (const segment of noted(readSegments(sql, workspace, scope), read))
        await take(divide(table, segment));
    } else {
      for await (const lines of dividedByThreads(sql, workspace, scope, table, read)) await take(lines);
    }
    yield* parts.all();
  } finally {
    await parts.close();
  }
}
