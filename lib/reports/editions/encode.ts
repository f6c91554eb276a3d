/**
 * A report's rows as they are kept: the rows in blocks in their order, and each column apart (lib/reports/coded.ts), so that
 * whoever filters and sorts reads the columns that it takes, and then the rows of one page. Pure.
 */
import { deflateRawSync } from "node:zlib";
import { ColumnCoder, ranked } from "../coded.ts";
import { COLUMNS, kindOf, type TableName } from "../columns.ts";
import type { Rows } from "../fold.ts";

/** Rows in one block: a page or two. */
export const BLOCK_ROWS = 256;
/** Values of a column in one block. */
export const BLOCK_VALUES = 4_096;

/** What is told of a column beside its blocks. */
export interface ColumnFacts {
  size: number;
  emptyRank: number | null;
}

export interface Block {
  /** `rows`, or a part of a column: `codes x`, `values x`, `ranks x`. */
  name: string;
  /** From 0 on under each name. */
  block: number;
  bytes: Uint8Array;
}

/** Fast: written far more often than read. */
const pack = (bytes: Uint8Array | string): Buffer => deflateRawSync(bytes, { level: 1 });

/** Numbers as they lie in memory, the least significant byte first on every machine that Node runs on. */
const bytesOf = (numbers: Uint32Array): Uint8Array =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);

/** A column's blocks, its values in the order of a sort. */
function* columnBlocks(
  column: string,
  { values, codes }: { values: unknown[]; codes: Uint32Array },
  { ranks }: { ranks: Uint32Array },
): Generator<Block> {
  const inOrder = Uint32Array.from(values, (_, code) => code).sort(
    (a, b) => (ranks[a] as number) - (ranks[b] as number) || a - b,
  );
  const placeOf = new Uint32Array(values.length);
  inOrder.forEach((code, place) => {
    placeOf[code] = place;
  });
  yield {
    name: `codes ${column}`,
    block: 0,
    bytes: pack(bytesOf(codes.map((code) => placeOf[code] as number))),
  };
  yield {
    name: `ranks ${column}`,
    block: 0,
    bytes: pack(bytesOf(inOrder.map((code) => ranks[code] as number))),
  };
  for (let from = 0, block = 0; from < values.length; from += BLOCK_VALUES, block++) {
    const some = Array.from(inOrder.subarray(from, from + BLOCK_VALUES), (code) => values[code]);
    yield { name: `values ${column}`, block, bytes: pack(JSON.stringify(some)) };
  }
}

/** The blocks of a list. @param name of them all. */
export function* encodeList(name: string, rows: Iterable<unknown>): Generator<Block> {
  let some: unknown[] = [];
  let block = 0;
  const full = (): Block => {
    const bytes = pack(JSON.stringify(some));
    some = [];
    return { name, block: block++, bytes };
  };
  for (const row of rows) {
    some.push(row);
    if (some.length === BLOCK_ROWS) yield full();
  }
  if (some.length > 0) yield full();
}

/**
 * The blocks of a table.
 * @param facts is filled with what is told of each column; whole when the last block was taken.
 * @param short makes of a row what is kept of it there; columns are those of the row.
 */
export function* encodeTable(
  report: TableName,
  rows: Rows<object>,
  facts: Record<string, ColumnFacts>,
  short: (row: object) => object = (row) => row,
): Generator<Block> {
  const coders = COLUMNS[report].map((column) => [column, new ColumnCoder(column, rows.length)] as const);
  function* coded() {
    for (const row of rows) {
      for (const [, coder] of coders) coder.add(row);
      yield short(row);
    }
  }
  yield* encodeList("rows", coded());
  for (const [column, coder] of coders) {
    const coded = coder.result();
    const order = ranked(kindOf(report, column), coded.values);
    facts[column] = { size: coded.values.length, emptyRank: order.emptyRank };
    yield* columnBlocks(column, coded, order);
  }
}
