/** A table whose rows and columns lie in blocks elsewhere: each is read when it is asked for. */
import { inflateRawSync } from "node:zlib";
import type { CodedColumn, RowTable } from "../coded.ts";
import { BLOCK_ROWS, BLOCK_VALUES, type ColumnFacts } from "./encode.ts";

/** Where blocks lie. @throws what that place says; there is always one that is asked for. */
export interface Blocks {
  read(name: string, block: number): Promise<Uint8Array>;
  /** The numbers that are a block of their own. */
  numbers(name: string): Promise<Uint32Array>;
  /** The rows of a block, as {@link rowsIn} gives them, of what is likely to be asked for again. */
  rows(name: string, block: number): Promise<BlockRows>;
}

/** Rows of a block, not to be changed. */
export interface BlockRows {
  rows: readonly object[];
  /** Bytes of their text. */
  size: number;
}

/** The numbers of a block. */
export function numbersIn(bytes: Uint8Array): Uint32Array {
  const plain = inflateRawSync(bytes);
  // Put where numbers of four bytes may lie.
  return new Uint32Array(new Uint8Array(plain).buffer);
}

/** The rows of a block, with how much they are. */
export function rowsIn(bytes: Uint8Array): BlockRows {
  const text = inflateRawSync(bytes);
  return { rows: JSON.parse(text.toString()) as object[], size: text.length };
}

/** The values or rows of a block. */
export const listIn = (bytes: Uint8Array): readonly unknown[] => rowsIn(bytes).rows;

/** The rows of a list, a block at a time. @param length how many there are. */
export async function* eachBlock(
  { read }: Pick<Blocks, "read">,
  name: string,
  length: number,
): AsyncGenerator<object[]> {
  for (let block = 0; block * BLOCK_ROWS < length; block++) yield listIn(await read(name, block)) as object[];
}

async function storedColumn(
  name: string,
  { size, emptyRank }: ColumnFacts,
  { read, numbers }: Blocks,
): Promise<CodedColumn> {
  return {
    codes: await numbers(`codes ${name}`),
    size,
    async each(visit) {
      for (let from = 0, block = 0; from < size; from += BLOCK_VALUES, block++)
        for (const [i, value] of listIn(await read(`values ${name}`, block)).entries())
          visit(value, from + i);
    },
    ranks: () => numbers(`ranks ${name}`),
    emptyRank: async () => emptyRank,
  };
}

/** @param length of the table. @param facts of its columns, as `encodeTable` told them. */
export function storedTable(
  length: number,
  facts: Readonly<Record<string, ColumnFacts>>,
  blocks: Blocks,
): RowTable {
  return {
    length,
    column: async (name) => {
      const own = facts[name];
      if (own === undefined) throw new Error(`The table has no column "${name}".`);
      return storedColumn(name, own, blocks);
    },
    async rows(numbers) {
      const known = new Map<number, readonly object[]>();
      const found: object[] = [];
      for (const number of numbers) {
        const block = Math.floor(number / BLOCK_ROWS);
        const own = known.get(block) ?? (await blocks.rows("rows", block)).rows;
        known.set(block, own);
        found.push(own[number % BLOCK_ROWS] as object);
      }
      return found;
    },
    each: () => eachBlock(blocks, "rows", length),
  };
}
