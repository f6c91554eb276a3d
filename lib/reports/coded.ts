/**
 * The columns of a table, each distinct value once: what filters, sorts, searches and counts look at instead of the rows, so
 * that these may lie elsewhere. Pure.
 */
import { fieldOf, type Kind, kindOf, namesIn, type TableName } from "./columns.ts";

export interface CodedColumn {
  /** Of each row the number of what stands there. */
  codes: Uint32Array;
  /** How many different things stand there. */
  size: number;
  /** Looks at each of them once, in the order of their numbers. */
  each(visit: (value: unknown, code: number) => void): Promise<void>;
  /** Of each of them its place in a sort, from 0; those that are equal there have the same. */
  ranks(): Promise<Uint32Array>;
  /** The rank of what is empty, which is the last; null where nothing is. */
  emptyRank(): Promise<number | null>;
}

/** A table whose rows are asked for by their numbers. */
export interface CodedTable {
  length: number;
  column(name: string): Promise<CodedColumn>;
}

/** A table with its rows. */
export interface RowTable extends CodedTable {
  /** The rows of these numbers, in that order. */
  rows(numbers: Iterable<number>): Promise<object[]>;
  /** All rows in their order, some at a time. */
  each(): AsyncIterable<object[]>;
}

/** Text as it is compared in a search and a sort: without case, and the same letter always written the same (Unicode NFKC). */
export const folded = (text: string): string => text.normalize("NFKC").toLowerCase();

/** A value as it is ordered: texts without regard to case. Null: empty. */
function orderable(kind: Kind, value: unknown): string | number | null {
  if (value === null) return null;
  if (kind === "flag") return value === true ? 1 : 0;
  if (kind === "list") {
    const names = namesIn(value as string[]);
    return names.length === 0 ? null : folded(names.join("\n"));
  }
  // Times are written so that their text orders them.
  if (kind === "text") return folded(value as string);
  return value as string | number;
}

/** Whether two values of a column are the same thing. */
const keyOf = (value: unknown): unknown =>
  typeof value === "object" && value !== null ? JSON.stringify(value) : value;

/** The places of values in a sort, and that of the empty one. */
export function ranked(
  kind: Kind,
  values: readonly unknown[],
): { ranks: Uint32Array; emptyRank: number | null } {
  const keys = values.map((value) => orderable(kind, value));
  const order = Uint32Array.from(keys, (_, code) => code).sort((a, b) => {
    const [left, right] = [keys[a] as string | number | null, keys[b] as string | number | null];
    if (left === right) return 0;
    if (left === null) return 1;
    if (right === null) return -1;
    return left < right ? -1 : 1;
  });
  const ranks = new Uint32Array(values.length);
  let rank = -1;
  let emptyRank: number | null = null;
  order.forEach((code, i) => {
    const before = order[i - 1];
    if (before === undefined || keys[before] !== keys[code]) rank += 1;
    ranks[code] = rank;
    if (keys[code] === null) emptyRank = rank;
  });
  return { ranks, emptyRank };
}

/** Gathers what stands in a column, row by row. */
export class ColumnCoder {
  private readonly field: (row: object) => unknown;
  private readonly known = new Map<unknown, number>();
  private readonly codes: Uint32Array;
  private readonly values: unknown[] = [];
  private at = 0;

  /** @param rows how many will come. */
  constructor(column: string, rows: number) {
    this.field = fieldOf(column);
    this.codes = new Uint32Array(rows);
  }

  add(row: object): void {
    const value = this.field(row);
    const key = keyOf(value);
    let code = this.known.get(key);
    if (code === undefined) {
      code = this.values.length;
      this.known.set(key, code);
      this.values.push(value);
    }
    this.codes[this.at++] = code;
  }

  /** The different values, and which of them each row has. To be asked for at the end. */
  result(): { codes: Uint32Array; values: unknown[] } {
    this.known.clear();
    return { codes: this.codes, values: this.values };
  }
}

function codedInMemory(report: TableName, rows: readonly object[], column: string): CodedColumn {
  const coder = new ColumnCoder(column, rows.length);
  for (const row of rows) coder.add(row);
  const { codes, values } = coder.result();
  let sorted: ReturnType<typeof ranked> | null = null;
  const sort = () => {
    sorted ??= ranked(kindOf(report, column), values);
    return sorted;
  };
  return {
    codes,
    size: values.length,
    each: async (visit) => values.forEach(visit),
    ranks: async () => sort().ranks,
    emptyRank: async () => sort().emptyRank,
  };
}

/** Rows in memory; a column is coded when it is first asked for. */
export function codedRows(report: TableName, rows: readonly object[]): RowTable {
  const columns = new Map<string, CodedColumn>();
  return {
    length: rows.length,
    async column(name) {
      const known = columns.get(name) ?? codedInMemory(report, rows, name);
      columns.set(name, known);
      return known;
    },
    rows: async (numbers) => Array.from(numbers, (at) => rows[at] as object),
    async *each() {
      if (rows.length > 0) yield [...rows];
    },
  };
}
