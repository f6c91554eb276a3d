/** Rows as text for a spreadsheet. Pure. */

/** What a spreadsheet would run as a formula: as in lib/reports/csv-text.ts, where the source is named. */
const FORMULA = /^[\s"'\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;

const cell = (text: string): string => {
  const line = text.replace(/[\t\r\n]/gu, " ");
  return FORMULA.test(line) ? `'${line}` : line;
};

/** A line a row, its cells parted by tabs; a text that would be run as a formula gets an apostrophe before it. */
export const lines = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map(cell).join("\t")).join("\n");
