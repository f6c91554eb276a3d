/** The orders of rows that were asked for last, kept beside their report: the pages of one query sort once. */
import { type CodedTable, codedRows, type RowTable } from "./coded.ts";
import type { TableName } from "./columns.ts";
import { arrange, arrangementKey, type TableQuery } from "./table.ts";

/** Some people at one report, each with a query or two; four bytes a row for each. */
const KEPT = 8;

// As the reports themselves (recent.ts): of the process, not of a route.
const holder = globalThis as {
  rollcallOrders?: WeakMap<CodedTable, Map<string, Promise<Uint32Array>>>;
  rollcallTables?: WeakMap<object, RowTable>;
};
holder.rollcallOrders ??= new WeakMap();
holder.rollcallTables ??= new WeakMap();
const orders = holder.rollcallOrders;
const tables = holder.rollcallTables;

/** The table of a report that is held whole: always the same, so that its columns and orders are kept with it. */
export function tableOf(report: { rows: readonly object[] }, name: TableName): RowTable {
  const known = tables.get(report) ?? codedRows(name, report.rows);
  tables.set(report, known);
  return known;
}

/** The numbers of the rows that a query wants, in its order; null: all, as the report has them. */
export async function arrangedRows(table: CodedTable, query: TableQuery): Promise<Uint32Array | null> {
  const key = arrangementKey(query);
  if (key === "") return null;
  const kept = orders.get(table) ?? new Map<string, Promise<Uint32Array>>();
  orders.set(table, kept);
  const order = kept.get(key) ?? arrange(table, query);
  // One that could not be worked out is no order.
  order.catch(() => kept.delete(key));
  // The one that was not asked for longest goes first.
  kept.delete(key);
  kept.set(key, order);
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT) break;
    kept.delete(oldest);
  }
  return order;
}

/** A report that is held whole, with the rows that a query wants, in its order. */
export async function arrangedReport<T extends { rows: readonly object[] }>(
  report: T,
  query: TableQuery,
): Promise<T> {
  const order = await arrangedRows(tableOf(report, query.report), query);
  if (order === null) return report;
  const rows: readonly unknown[] = report.rows;
  return { ...report, rows: Array.from(order, (at) => rows[at]) } as T;
}
