/** How a page describes the columns of its table. */
import type { ReactNode } from "react";
import type { ReportName, Reports } from "../../lib/reports/contract.ts";
import type { Facets } from "../../lib/reports/table.ts";
import type { Unit } from "./filter-compare.tsx";

type RowOf<N extends ReportName> = Reports[N]["rows"][number];

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

/** A table of rows, wherever they come from. */
export interface RowShape<Row> {
  /** What the table is called: by it the browser keeps which columns are shown, and a file is named. */
  report: string;
  /** What the rows are, in a sentence: `account`, `accounts`. */
  noun: readonly [one: string, many: string];
  columns: readonly TableColumn<Row>[];
  /** What makes a row the same one on another page. */
  key: (row: Row) => string;
  /** By what people know a row, for a list of those selected. */
  names: (row: Row) => readonly string[];
  /**
   * Whether a row still fits the filters of a query. Needed where rows are changed here: one that no longer does stays in
   * its place until it is asked anew, while the server counts it no more.
   */
  fits?: (row: Row, query: string) => boolean;
}

/** The table of a report: its rows come from that report's address. */
export interface TableShape<N extends ReportName> extends RowShape<RowOf<N>> {
  report: N;
}

/** A part of the rows, as any address of tables gives them. */
export interface RowsPage<Row> {
  /** As reports have it (lib/reports/contract/base.ts). */
  renewing?: true;
  asOf: string;
  rows: readonly Row[];
  page: { total: number; all: number; next: string | null; facets?: Facets };
}

/** What acts on rows is told of them. */
export interface TableHandle<Row> {
  /** The number of the row that the keys are at; -1 before any. */
  at: () => number;
  /** The row of a number; undefined while it is not here. */
  rowAt: (index: number) => Row | undefined;
  goTo: (index: number) => void;
  selected: () => readonly Row[];
  clear: () => void;
}
