/** How a page describes the columns of its table. */
import type { ReactNode } from "react";
import type { ReportName, Reports } from "../../lib/reports/contract.ts";
import type { Unit } from "./filter-compare.tsx";

export type RowOf<N extends ReportName> = Reports[N]["rows"][number];

export interface TableColumn<Row> {
  /** A column of the report (lib/reports/columns.ts): what is sorted and filtered by. */
  id: string;
  label: string;
  /** Width in pixels that it has at least; wider ones take more of the room that is left. */
  width: number;
  /** How it is filtered: by its values, by a comparison, or not at all. */
  filter?: "values" | "number" | "time";
  /** What a value is called in filters. */
  word?: (value: string) => string;
  /** What a filter by numbers asks in, where the report counts otherwise. */
  unit?: Unit;
  /** Columns of the report that a download has for it; else the one of its id. */
  fields?: readonly string[];
  /** Whether it is shown before anybody has chosen. */
  shown?: boolean;
  /** Whether it stands to the right, as numbers do. */
  right?: boolean;
  cell: (row: Row, asOf: string) => ReactNode;
  /** What does not fit into the cell, on hover. */
  title?: (row: Row) => string | undefined;
}

export interface TableShape<N extends ReportName> {
  report: N;
  /** What the rows are, in a sentence: `account`, `accounts`. */
  noun: readonly [one: string, many: string];
  columns: readonly TableColumn<RowOf<N>>[];
  /** What makes a row the same one on another page. */
  key: (row: RowOf<N>) => string;
  /** By what people know a row, for a list of those selected. */
  names: (row: RowOf<N>) => readonly string[];
}
