/** Tables as text: the header tells of which kind one is and which column holds what; each row becomes a frame. */
import { isUtf8 } from "node:buffer";
import { parse } from "csv-parse/sync";
import {
  type Cells,
  type ColumnMapping,
  type Columns,
  columnsOf,
  type Given,
  type RowKind,
  type TableKind,
} from "./adapters/table.ts";
import { type Row, Rows } from "./csv-rows.ts";
import type { Frame } from "./framing/frame.ts";
import { IngestProblem } from "./problem.ts";

const DELIMITERS = [",", ";", "\t"] as const;

/** How a table is laid out. */
export interface Table<Kind extends TableKind = TableKind> {
  kind: Kind;
  delimiter: string;
  columns: Columns;
  /** Fields of the header: every row has as many. */
  width: number;
  given: Given;
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

const withoutMark = (line: Buffer): string =>
  line
    .toString("utf8")
    .replace(/^\ufeff/u, "")
    .trimStart();

/** Whether a text's first line is the start of JSON. */
export const mayBeJson = (firstLine: Buffer): boolean => /^[[{]/u.test(withoutMark(firstLine));

/** Whether a text's first line may be a table's header, rather than JSON. */
export function mayBeTable(firstLine: Buffer): boolean {
  const text = withoutMark(firstLine);
  return !mayBeJson(firstLine) && DELIMITERS.some((delimiter) => text.includes(delimiter));
}

/** The table with the delimiter that finds most columns, and whether the usual names alone tell its kind. */
function bestOf<Kind extends TableKind>(kind: Kind, firstLine: Buffer, mapping: ColumnMapping, given: Given) {
  const tables = DELIMITERS.map((delimiter) => {
    const header = readCells(firstLine, delimiter) ?? [];
    const columns = columnsOf(kind, header, mapping);
    const table: Table<Kind> = { kind, delimiter, columns, width: header.length, given };
    return { table, usual: kind.recognises(columnsOf(kind, header, {})) };
  });
  return tables.reduce((best, next) =>
    next.table.columns.places.size > best.table.columns.places.size ? next : best,
  );
}

/**
 * How the table is laid out that begins with this line.
 * @param firstLine up to its line end, byte order mark included.
 * @param kinds those that it may be of, in the order in which they are asked.
 * @param mapping columns that somebody named; the others are found by their usual names.
 * @param wanted whether the person said that it is a table of the first kind: then it is none only with a reason.
 * @returns null when it is of none of the kinds.
 * @throws {IngestProblem} when it is of a kind, and columns can't be found.
 */
export function tableOf<Kind extends TableKind>(
  firstLine: Buffer,
  kinds: readonly Kind[],
  mapping: ColumnMapping,
  wanted: boolean,
  given: Given,
): Table<Kind> | null {
  for (const kind of kinds) {
    const { table, usual } = bestOf(kind, firstLine, mapping, given);
    const { missing } = table.columns;
    const mapped = Object.keys(mapping);
    const own = mapped.length > 0 && mapped.every((field) => Object.hasOwn(kind.fields, field));
    const fits = own && missing.length === 0 && kind.lack(table.columns) === null;
    if (!wanted && !fits && !usual) continue;
    if (missing.length > 0) {
      throw new IngestProblem(
        "table-columns",
        `The file has no column called ${missing.map((name) => `"${name}"`).join(", ")}; its first line must name its columns. Say which is which with --map, or give the file a source of its own.`,
      );
    }
    const lack = kind.lack(table.columns);
    if (lack !== null) throw new IngestProblem("table-columns", lack);
    return table;
  }
  return null;
}

/** A row with its cells by field; without cells, and with the reason, when it has not what the header says. */
export type ReadRow = Row & ({ cells: Cells } | { reason: string });

function readRow(row: Row, { delimiter, columns, width }: Table): ReadRow {
  const { bytes } = row;
  if (!isUtf8(bytes)) return { ...row, reason: "This is not valid UTF-8; save the file as CSV UTF-8." };
  const cells = readCells(bytes, delimiter);
  if (cells === null) {
    return {
      ...row,
      reason: "The quotes of this row do not match; a quote within a field is written twice.",
    };
  }
  if (cells.length !== width) {
    return { ...row, reason: `This row has ${cells.length} fields, the header ${width}.` };
  }
  const named: Record<string, string> = {};
  for (const [field, place] of columns.places) named[field] = cells[place] ?? "";
  return { ...row, cells: named };
}

/**
 * The rows behind the header, in batches; empty lines are none.
 * @param chunks the whole file, its header included.
 * @throws what `chunks` throws, after the rows of all that came before.
 */
export async function* tableRows(chunks: AsyncIterable<Uint8Array>, table: Table): AsyncGenerator<ReadRow[]> {
  const isRow = (bytes: Buffer) => readCells(bytes, table.delimiter)?.length === table.width;
  const rows = new Rows(isRow);
  let failure: { error: unknown } | null = null;
  try {
    for await (const chunk of chunks) {
      const batch = rows.push(chunk).map((row) => readRow(row, table));
      if (batch.length > 0) yield batch;
    }
  } catch (error) {
    failure = { error };
  }
  const last = rows.end().map((row) => readRow(row, table));
  if (last.length > 0) yield last;
  if (failure !== null) throw failure.error;
}

/** A row that can't be read, as a frame. */
export const brokenFrame = ({ bytes, position }: Row, reason: string): Frame => ({
  kind: "broken",
  bytes,
  reason,
  position,
});

/** A row as the frame that its kind's adapter reads. */
export function frameOf(row: ReadRow, { kind, given }: Table<RowKind>): Frame {
  if ("reason" in row) return brokenFrame(row, row.reason);
  const { bytes, position, cells } = row;
  return { kind: "record", bytes, value: kind.valueOf(cells, given), position };
}

/** The rows as frames, in batches. @throws as `tableRows` does. */
export async function* tableFrames(
  chunks: AsyncIterable<Uint8Array>,
  table: Table<RowKind>,
): AsyncGenerator<Frame[]> {
  for await (const batch of tableRows(chunks, table)) yield batch.map((row) => frameOf(row, table));
}
