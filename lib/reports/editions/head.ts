/** What is kept of a report beside its rows and long lists. Pure. */
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { ReportName, Reports } from "../contract.ts";
import { type FoldedReport, isRows, type Rows } from "../fold.ts";
import { shortList } from "../shortened.ts";
import type { ColumnFacts } from "./encode.ts";

/** A list beside the rows that is longer is kept in blocks; the head has its beginning. */
const HEAD_LIST = 1_000;

export interface EditionHead<N extends ReportName = ReportName> {
  /** Without rows, with lists as pages show them. */
  report: Reports[N];
  /** Names of all applications. */
  applications: string[];
  /** Departments that anybody is in. */
  departments: string[];
  /** How many rows there are. */
  rows: number;
  columns: Record<string, ColumnFacts>;
  /** Of each list that lies in blocks, how long it is. */
  lists: Record<string, number>;
  /** The rows of pages are shorter than those of the report: these lie apart. */
  short: boolean;
  /** The newest decision of people that it heeds; null: none. */
  decision: number | null;
}

/** What of a folded report goes into its head, and which lists lie in blocks. */
export function headOf<N extends ReportName>(
  name: N,
  folded: FoldedReport,
): { report: Reports[N]; lists: Map<string, Rows<unknown>> } {
  const report: Record<string, unknown> = {};
  const lists = new Map<string, Rows<unknown>>();
  for (const [field, value] of Object.entries(folded)) {
    if (field === "rows") report[field] = [];
    else if (!isRows(value)) report[field] = value;
    else {
      const list = Array.isArray(value) ? value : [...value];
      if (list.length > HEAD_LIST) lists.set(field, list);
      const short = shortList(name, field);
      report[field] = short === null ? list.slice(0, HEAD_LIST) : short(list, HEAD_LIST);
    }
  }
  return { report: report as unknown as Reports[N], lists };
}

/** What is kept beside blocks, or by itself. */
export const packDocument = (content: unknown): Buffer => deflateRawSync(JSON.stringify(content));

export const unpackDocument = <T>(bytes: Uint8Array): T => JSON.parse(inflateRawSync(bytes).toString()) as T;
