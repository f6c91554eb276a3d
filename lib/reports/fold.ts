/**
 * A report worked out a part of the people at a time. For a page the one part is everybody, and lists are arrays; for a pack
 * the parts come one by one, and lists that grow with the people lie in files.
 */
import type { ReportBase, ReportName, ReportParams, Reports } from "./contract.ts";
import type { About, ModelPart } from "./model.ts";

/** Some rows, in order. An array is one. */
export interface Rows<Row> extends Iterable<Row> {
  readonly length: number;
}

export const isRows = (value: unknown): value is Rows<unknown> =>
  typeof value === "object" && value !== null && Symbol.iterator in value;

/** The rows, each changed when it is read. */
export const mapRows = <A, B>(rows: Rows<A>, change: (row: A) => B): Rows<B> => ({
  length: rows.length,
  *[Symbol.iterator]() {
    for (const row of rows) yield change(row);
  },
});

/** A list that is put in order. */
interface RowList<Row> {
  add(row: Row): void;
  /** All rows in order; of equal ones the one added first comes first. To be asked for once, when all have been added. */
  sorted(): Rows<Row>;
}

/** Makes a list in the order of `compare`. */
export type NewList = <Row>(compare: (a: Row, b: Row) => number) => RowList<Row>;

/** A report whose lists may lie elsewhere than in memory. */
export type FoldedReport<N extends ReportName = ReportName> = {
  [M in N]: {
    [F in keyof Reports[M]]: Reports[M][F] extends readonly (infer Row)[] ? Rows<Row> : Reports[M][F];
  };
}[N] &
  ReportBase & { rows: Rows<object> };

export interface Fold<N extends ReportName> {
  /** Parts come in the order of their subjects' ids. */
  take(part: ModelPart): void;
  /** To be asked for once, when all parts have been taken. */
  result(): FoldedReport<N>;
}

export type NewFold<N extends ReportName> = (about: About, params: ReportParams, list: NewList) => Fold<N>;

/** Lists in memory: arrays. */
export const arrays: NewList = <Row>(compare: (a: Row, b: Row) => number): RowList<Row> => {
  const rows: Row[] = [];
  return {
    add(row) {
      rows.push(row);
    },
    sorted: () => rows.sort(compare),
  };
};

/** Lists of which the first rows alone are kept; their length is that of all. @param most rows that are kept. */
export const topList =
  (most: number): NewList =>
  <Row>(compare: (a: Row, b: Row) => number): RowList<Row> => {
    let rows: Row[] = [];
    let length = 0;
    const cut = () => {
      rows = rows.sort(compare).slice(0, most);
      return rows;
    };
    return {
      add(row) {
        length += 1;
        rows.push(row);
        if (rows.length >= 4 * most) cut();
      },
      sorted: () => ({ length, [Symbol.iterator]: () => cut()[Symbol.iterator]() }),
    };
  };

/** How many rows there are of each of some kinds. */
export class Tally<K extends string> {
  private readonly counts = new Map<K, number>();

  add(kind: K, count = 1): void {
    this.counts.set(kind, this.of(kind) + count);
  }

  of(kind: K): number {
    return this.counts.get(kind) ?? 0;
  }
}
