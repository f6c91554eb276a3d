/** A table whose rows and columns lie in blocks elsewhere: each is read when it is asked for. */
import { inflateRawSync } from "node:zlib";
import type { CodedColumn, CodedTable } from "../coded.ts";
import { BLOCK_ROWS, BLOCK_VALUES, type ColumnFacts } from "./encode.ts";

/** Gives the bytes of a block. @throws what the place where they lie says; there is always one that is asked for. */
export type ReadBlock = (name: string, block: number) => Promise<Uint8Array>;

export interface StoredTable extends CodedTable {
  /** The rows of these numbers, in that order. */
  rows(numbers: readonly number[]): Promise<object[]>;
  /** All rows in their order, a block at a time. */
  each(): AsyncGenerator<object[]>;
}

const numbersIn = (bytes: Uint8Array): Uint32Array => {
  const plain = inflateRawSync(bytes);
  // Put where numbers of four bytes may lie.
  return new Uint32Array(new Uint8Array(plain).buffer);
};

const listIn = (bytes: Uint8Array): unknown[] => JSON.parse(inflateRawSync(bytes).toString()) as unknown[];

async function storedColumn(
  name: string,
  { size, emptyRank }: ColumnFacts,
  read: ReadBlock,
): Promise<CodedColumn> {
  return {
    codes: numbersIn(await read(`codes ${name}`, 0)),
    size,
    async each(visit) {
      for (let from = 0, block = 0; from < size; from += BLOCK_VALUES, block++)
        for (const [i, value] of listIn(await read(`values ${name}`, block)).entries())
          visit(value, from + i);
    },
    ranks: async () => numbersIn(await read(`ranks ${name}`, 0)),
    emptyRank: async () => emptyRank,
  };
}

/** @param length of the table. @param facts of its columns, as `encodeTable` told them. */
export function storedTable(
  length: number,
  facts: Readonly<Record<string, ColumnFacts>>,
  read: ReadBlock,
): StoredTable {
  const rowsIn = async (block: number) => listIn(await read("rows", block)) as object[];
  return {
    length,
    column: async (name) => {
      const own = facts[name];
      if (own === undefined) throw new Error(`The table has no column "${name}".`);
      return storedColumn(name, own, read);
    },
    async rows(numbers) {
      const blocks = new Map<number, object[]>();
      const found: object[] = [];
      for (const number of numbers) {
        const block = Math.floor(number / BLOCK_ROWS);
        const own = blocks.get(block) ?? (await rowsIn(block));
        blocks.set(block, own);
        found.push(own[number % BLOCK_ROWS] as object);
      }
      return found;
    },
    async *each() {
      for (let block = 0; block * BLOCK_ROWS < length; block++) yield await rowsIn(block);
    },
  };
}
