/** The orders of rows that were asked for last, kept beside their report: the pages of one query sort once. */
import { type CodedTable, codedRows } from "./coded.ts";
import type { TableName } from "./columns.ts";
import { arrange, arrangementKey, type TableQuery } from "./table.ts";

interface Rows {
  rows: readonly object[];
}

/** Some people at one report, each with a query or two; four bytes a row for each. */
const KEPT = 8;

interface Kept {
  table: CodedTable;
  orders: Map<string, Promise<Uint32Array>>;
}

// As the reports themselves (recent.ts): of the process, not of a route.
const holder = globalThis as { rollcallOrders?: WeakMap<object, Kept> };
holder.rollcallOrders ??= new WeakMap();
const kept = holder.rollcallOrders;

function keptOf(report: Rows, name: TableName): Kept {
  const known = kept.get(report) ?? { table: codedRows(name, report.rows), orders: new Map() };
  kept.set(report, known);
  return known;
}

/** The columns of a report's rows, for what looks through them. */
export const codedReport = (report: Rows, name: TableName): CodedTable => keptOf(report, name).table;

/** The numbers of the rows that a query wants, in its order; null: all, as the report has them. */
export async function arrangedRows(report: Rows, query: TableQuery): Promise<Uint32Array | null> {
  const key = arrangementKey(query);
  if (key === "") return null;
  const { table, orders } = keptOf(report, query.report);
  const order = orders.get(key) ?? arrange(table, query);
  // The one that was not asked for longest goes first.
  orders.delete(key);
  orders.set(key, order);
  for (const oldest of orders.keys()) {
    if (orders.size <= KEPT) break;
    orders.delete(oldest);
  }
  return order;
}

/** The report with the rows that a query wants, in its order. */
export async function arrangedReport<T extends Rows>(report: T, query: TableQuery): Promise<T> {
  const order = await arrangedRows(report, query);
  if (order === null) return report;
  const rows: readonly unknown[] = report.rows;
  return { ...report, rows: Array.from(order, (at) => rows[at]) } as T;
}
