/** The orders of rows that were asked for last, kept beside their report: the pages of one query sort once. */
import { arrange, arrangementKey, type TableQuery } from "./table.ts";

interface Rows {
  rows: readonly object[];
}

/** Some people at one report, each with a query or two; four bytes a row for each. */
const KEPT = 8;

// As the reports themselves (recent.ts): of the process, not of a route.
const holder = globalThis as { rollcallOrders?: WeakMap<object, Map<string, Uint32Array>> };
holder.rollcallOrders ??= new WeakMap();
const kept = holder.rollcallOrders;

/** The numbers of the rows that a query wants, in its order; null: all, as the report has them. */
export function arrangedRows(report: Rows, query: TableQuery): Uint32Array | null {
  const key = arrangementKey(query);
  if (key === "") return null;
  const orders = kept.get(report) ?? new Map<string, Uint32Array>();
  kept.set(report, orders);
  const order = orders.get(key) ?? arrange(report.rows, query);
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
export function arrangedReport<T extends Rows>(report: T, query: TableQuery): T {
  const order = arrangedRows(report, query);
  if (order === null) return report;
  const rows: readonly unknown[] = report.rows;
  return { ...report, rows: Array.from(order, (at) => rows[at]) } as T;
}
