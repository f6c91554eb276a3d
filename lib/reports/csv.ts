/** The rows of a report as CSV: one line a row, a column for each field of the contract. */
import { stringify } from "csv-stringify/sync";
import { COLUMNS, namesIn, type TableName } from "./columns.ts";
import type { ReportName, Reports } from "./contract.ts";
import { neutralised } from "./csv-text.ts";

/** Rows turned into text at once: few enough that their text stays small beside the report itself. */
const BATCH = 1000;

const cast = {
  boolean: String,
  string: neutralised,
  object: (value: object) =>
    neutralised(Array.isArray(value) ? namesIn(value).join("; ") : JSON.stringify(value)),
};

/**
 * Rows as CSV in pieces: a header line, then the rows. UTF-8, commas, lines end in LF, text quoted where needed; empty cell
 * for null. A text that a spreadsheet would run as a formula gets a leading apostrophe.
 * @param names the columns, in their order.
 */
export function* tablePieces(names: readonly string[], rows: Iterable<object>): Generator<string> {
  yield headLine(names);
  let batch: object[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length < BATCH) continue;
    yield rowLines(names, batch);
    batch = [];
  }
  if (batch.length > 0) yield rowLines(names, batch);
}

const headLine = (names: readonly string[]): string => stringify([[...names]]);

const rowLines = (names: readonly string[], rows: object[]): string =>
  stringify(rows, { columns: [...names], cast });

/** The same of rows that come some at a time. */
export async function* tablePiecesOf(
  names: readonly string[],
  rows: AsyncIterable<object[]>,
): AsyncGenerator<string> {
  yield headLine(names);
  for await (const some of rows)
    for (let from = 0; from < some.length; from += BATCH)
      yield rowLines(names, some.slice(from, from + BATCH));
}

/**
 * The CSV of a report in pieces; see {@link tablePieces}.
 * @param chosen the columns, in their order; else all of them.
 */
export function csvPieces(
  name: TableName,
  report: { rows: Iterable<object> },
  chosen: readonly string[] = COLUMNS[name],
): Generator<string> {
  return tablePieces(chosen, report.rows);
}

/** The whole CSV of a report; see {@link csvPieces}. */
export function reportCsv<N extends ReportName>(name: N, report: Reports[N]): string {
  return [...csvPieces(name, report)].join("");
}
