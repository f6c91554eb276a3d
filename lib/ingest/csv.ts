/** HR files: their header tells that a text is one and which column holds what; each row becomes a frame. */
import { isUtf8 } from "node:buffer";
import { parse } from "csv-parse/sync";
import type { HrRow } from "./adapters/hr/adapter.ts";
import {
  columnsOf,
  type HrColumns,
  type HrMapping,
  looksLikeHr,
  namesPeople,
} from "./adapters/hr/columns.ts";
import { type Row, Rows } from "./csv-rows.ts";
import type { Frame } from "./framing/frame.ts";
import { IngestProblem } from "./problem.ts";

const DELIMITERS = [",", ";", "\t"] as const;

/** How an HR file is laid out. */
export interface HrTable {
  delimiter: string;
  columns: HrColumns;
  /** Fields of the header: every row has as many. */
  width: number;
  /** When the file was said to be true, for rows that do not tell themselves; ISO 8601. */
  said: string | null;
}

/** The cells of one row; null when it is not as RFC 4180 writes rows. */
function readCells(bytes: Uint8Array, delimiter: string): string[] | null {
  try {
    const rows = parse(bytes, { bom: true, delimiter, record_delimiter: ["\r\n", "\n"] });
    return rows.length === 1 ? (rows[0] ?? null) : null;
  } catch {
    return null;
  }
}

/** Whether a text's first line may be a table's header, rather than JSON. */
export function mayBeTable(firstLine: Buffer): boolean {
  const text = firstLine
    .toString("utf8")
    .replace(/^\ufeff/u, "")
    .trimStart();
  return !/^[[{]/u.test(text) && DELIMITERS.some((delimiter) => text.includes(delimiter));
}

/**
 * How the HR file is laid out that begins with this line.
 * @param firstLine up to its line end, byte order mark included.
 * @param mapping columns that somebody named; the others are found by their usual names.
 * @param wanted whether the person said that it is an HR file: then it is none only with a reason.
 * @returns null when it is no HR file.
 * @throws {IngestProblem} when it was to be one, and its columns can't be found.
 */
export function hrTableOf(
  firstLine: Buffer,
  mapping: HrMapping,
  wanted: boolean,
  said: string | null,
): HrTable | null {
  const tables = DELIMITERS.map((delimiter) => {
    const header = readCells(firstLine, delimiter) ?? [];
    const usual = looksLikeHr(columnsOf(header, {}));
    const table: HrTable = { delimiter, columns: columnsOf(header, mapping), width: header.length, said };
    return { table, usual };
  });
  const [best] = tables.sort((a, b) => b.table.columns.places.size - a.table.columns.places.size);
  if (best === undefined) return null;
  const { table, usual } = best;
  const { columns } = table;
  const fits = Object.keys(mapping).length > 0 && columns.missing.length === 0 && namesPeople(columns);
  if (!wanted && !fits && !usual) return null;
  if (columns.missing.length > 0) {
    throw new IngestProblem(
      "hr-columns",
      `The file has no column called ${columns.missing.map((name) => `"${name}"`).join(", ")}; its first line must name its columns. Say which is which with --map, or give the file a source of its own.`,
    );
  }
  if (namesPeople(columns) && table.width > 1) return table;
  throw new IngestProblem(
    "hr-columns",
    "No column of the file's first line tells who the people are; name one with --map employeeId=COLUMN, userName=COLUMN or email=COLUMN.",
  );
}

/** Reads a row's cells into the fields; a broken frame when it has not what the header says. */
function frameOf({ bytes, position }: Row, table: HrTable): Frame {
  const broken = (reason: string): Frame => ({ kind: "broken", bytes, reason, position });
  if (!isUtf8(bytes)) return broken("This is not valid UTF-8; save the file as CSV UTF-8.");
  const cells = readCells(bytes, table.delimiter);
  if (cells === null)
    return broken("The quotes of this row do not match; a quote within a field is written twice.");
  if (cells.length !== table.width) {
    return broken(`This row has ${cells.length} fields, the header ${table.width}.`);
  }
  const columns: HrRow["columns"] = {};
  for (const [field, place] of table.columns.places) columns[field] = cells[place] ?? "";
  const value: HrRow = { $hr: 1, columns, said: table.said };
  return { kind: "record", bytes, value, position };
}

/**
 * The rows behind the header as frames, in batches; empty lines are none.
 * @param chunks the whole file, its header included.
 * @throws what `chunks` throws, after the frames of all that came before.
 */
export async function* hrFrames(chunks: AsyncIterable<Uint8Array>, table: HrTable): AsyncGenerator<Frame[]> {
  const isRow = (bytes: Buffer) => readCells(bytes, table.delimiter)?.length === table.width;
  const rows = new Rows(isRow);
  let failure: { error: unknown } | null = null;
  try {
    for await (const chunk of chunks) {
      const batch = rows.push(chunk).map((row) => frameOf(row, table));
      if (batch.length > 0) yield batch;
    }
  } catch (error) {
    failure = { error };
  }
  const last = rows.end().map((row) => frameOf(row, table));
  if (last.length > 0) yield last;
  if (failure !== null) throw failure.error;
}
