/** Reports as editions keep them, read a block at a time; what was read last stays in memory, so many bytes and no more. */
import { LRUCache } from "lru-cache";
import type { Db } from "../../../db/client.ts";
import { type EditionRow, readBlock, readHead } from "../../../db/queries/editions.ts";
import { SortedFile } from "../../files/sorted-file.ts";
import type { AtHand } from "../at-hand.ts";
import type { RowTable } from "../coded.ts";
import type { ReportName, Reports } from "../contract.ts";
import { type BlockRows, type Blocks, eachBlock, numbersIn, rowsIn, storedTable } from "./decode.ts";
import { BLOCK_ROWS } from "./encode.ts";
import { type EditionHead, unpackDocument } from "./head.ts";

/** Of blocks as they lie in the database, over all workspaces of the process. */
const CACHED_BYTES = 24 * 1024 * 1024;
/** Of rows that pages show, as text: as objects they are two or three times as much. The first ones are asked for again and again. */
const CACHED_ROWS = 8 * 1024 * 1024;
/** Of columns as they are looked through. */
const CACHED_NUMBERS = 96 * 1024 * 1024;
/** Editions whose heads are kept. */
const CACHED_EDITIONS = 40;

interface Kept {
  head: EditionHead;
  table: RowTable;
  blocks: Blocks;
}

// Next compiles each route apart: they share what is kept.
const holder = globalThis as {
  rollcallBlocks?: LRUCache<string, Uint8Array>;
  rollcallRows?: LRUCache<string, BlockRows>;
  rollcallNumbers?: LRUCache<string, Uint32Array>;
  rollcallEditions?: WeakMap<Db, LRUCache<string, Promise<Kept>>>;
};
holder.rollcallBlocks ??= new LRUCache({
  maxSize: CACHED_BYTES,
  sizeCalculation: ({ length }) => length + 200,
});
holder.rollcallRows ??= new LRUCache({ maxSize: CACHED_ROWS, sizeCalculation: ({ size }) => size + 200 });
holder.rollcallNumbers ??= new LRUCache({
  maxSize: CACHED_NUMBERS,
  sizeCalculation: ({ byteLength }) => byteLength + 200,
});
holder.rollcallEditions ??= new WeakMap();
const knownBlocks = holder.rollcallBlocks;
const knownRows = holder.rollcallRows;
const knownNumbers = holder.rollcallNumbers;
const knownEditions = holder.rollcallEditions;

/** What is asked for is read once, and stays for whoever asks next. */
async function cached<T extends object>(
  cache: LRUCache<string, T>,
  key: string,
  read: () => Promise<T>,
): Promise<T> {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const found = await read();
  cache.set(key, found);
  return found;
}

function blocksOf(db: Db, workspace: string, edition: string): Blocks {
  const bytes = (name: string, block: number) => readBlock(db.sql, workspace, edition, name, block);
  const read = (name: string, block: number) =>
    cached(knownBlocks, `${edition} ${name} ${block}`, () => bytes(name, block));
  return {
    read,
    rows: (name, block) =>
      cached(knownRows, `${edition} ${name} ${block}`, async () => rowsIn(await read(name, block))),
    numbers: (name) =>
      cached(knownNumbers, `${edition} ${name}`, async () => numbersIn(await bytes(name, 0))),
  };
}

async function open(db: Db, workspace: string, edition: string): Promise<Kept> {
  const head = unpackDocument<EditionHead>(await readHead(db.sql, workspace, edition));
  const blocks = blocksOf(db, workspace, edition);
  return { head, blocks, table: storedTable(head.rows, head.columns, blocks) };
}

interface Placed {
  place: number;
  row: object;
}

/**
 * Rows in another order than they lie in: read once from front to back and put in order in a file, since each block may hold rows
 * of every place.
 */
async function* inOrder(rows: AsyncIterable<object[]>, numbers: Uint32Array): AsyncGenerator<object[]> {
  const places = new Map<number, number>();
  for (const [place, number] of numbers.entries()) places.set(number, place);
  const file = new SortedFile<Placed>((a, b) => a.place - b.place);
  try {
    let number = 0;
    for await (const some of rows)
      for (const row of some) {
        const place = places.get(number++);
        if (place !== undefined) file.add({ place, row });
      }
    let some: object[] = [];
    for (const { row } of file.sorted()) {
      some.push(row);
      if (some.length < BLOCK_ROWS) continue;
      yield some;
      some = [];
    }
    if (some.length > 0) yield some;
  } finally {
    file.close();
  }
}

/**
 * A report of an edition.
 * @throws {EditionGone} here or while it is read, when the edition was taken away.
 */
export async function openEdition<N extends ReportName>(
  db: Db,
  workspace: string,
  { edition }: Pick<EditionRow, "edition">,
): Promise<AtHand<N> & { decision: number | null }> {
  const own = knownEditions.get(db) ?? new LRUCache<string, Promise<Kept>>({ max: CACHED_EDITIONS });
  knownEditions.set(db, own);
  const opened = own.get(edition) ?? open(db, workspace, edition);
  own.set(edition, opened);
  // One that could not be read is none.
  opened.catch(() => own.delete(edition));
  const { head, table, blocks } = await opened;
  const wholeRows = () => (head.short ? eachBlock(blocks, "whole", head.rows) : table.each());
  return {
    head: head.report as Reports[N],
    table,
    applications: head.applications,
    departments: head.departments,
    decision: head.decision,
    wholeRows,
    rowsInOrder: (numbers) => inOrder(wholeRows(), numbers),
    async lists() {
      const lists: Record<string, unknown> = {};
      for (const [field, length] of Object.entries(head.lists)) {
        const list: object[] = [];
        for await (const some of eachBlock(blocks, `list ${field}`, length)) list.push(...some);
        lists[field] = list;
      }
      return lists as Partial<Reports[N]>;
    },
  };
}
