/** Tables of documents: a head that is repeated on each page, cells that are cut to their width, and what is left out said. */
import { COLOURS, PAGE, SIZES, type Tone, WIDTH } from "./look.ts";
import type { Sheet } from "./sheet.ts";
import { count } from "./words.ts";

export interface TableColumn<R> {
  title: string;
  /** Its part of the width, against the other columns' parts. */
  part: number;
  align?: "left" | "right";
  cell: (row: R) => string;
  tone?: (row: R) => Tone | undefined;
}

interface TableContent<R> {
  columns: readonly TableColumn<R>[];
  rows: readonly R[];
  /** How many rows there are in all. */
  all: number;
  /** Where in the pack the rest is. */
  file: string;
  /** What stands in place of a table without rows. */
  empty: string;
  /** A cell has so many lines at most: longer texts are cut, and stand in the pack's files as they are. */
  lines?: number;
}

const GAP = 8;
const PADDING = 3;
/** Widths in points of columns that share the page's. */
function widthsOf<R>(columns: readonly TableColumn<R>[]): number[] {
  const parts = columns.reduce((sum, { part }) => sum + part, 0);
  const free = WIDTH - GAP * (columns.length - 1);
  return columns.map(({ part }) => (free * part) / parts);
}

export function table<R>(
  sheet: Sheet,
  { columns, rows, all, file, empty, lines = 2 }: TableContent<R>,
): void {
  if (rows.length === 0) {
    sheet.paragraph(empty, { tone: "soft", after: 8 });
    return;
  }
  const { pdf } = sheet;
  const widths = widthsOf(columns);
  const lefts = widths.map((_, i) =>
    widths.slice(0, i).reduce((left, width) => left + width + GAP, PAGE.left as number),
  );
  const lineHeight = sheet.style({ size: SIZES.table }).pdf.currentLineHeight(true);
  const element = sheet.element("Table");

  /** Draws one row at `y`, of cells that are clean already. */
  const draw = (type: "TH" | "TD", texts: readonly string[], height: number, tones: (Tone | undefined)[]) => {
    const row = sheet.element("TR", element);
    texts.forEach((text, i) => {
      const tone = tones[i] ?? (type === "TH" ? "soft" : "ink");
      sheet.style({ size: SIZES.table, tone, weight: type === "TH" ? "strong" : "regular" }).leaf(
        type,
        () =>
          pdf.text(text, lefts[i], sheet.y + PADDING, {
            width: widths[i],
            height: lines * lineHeight,
            ellipsis: true,
            align: columns[i]?.align ?? "left",
          }),
        row,
      );
    });
    row.end();
    sheet.y += height;
    sheet.ornament(() =>
      pdf
        .moveTo(PAGE.left, sheet.y)
        .lineTo(PAGE.left + WIDTH, sheet.y)
        .lineWidth(type === "TH" ? 0.8 : 0.4)
        .strokeColor(type === "TH" ? COLOURS.none : COLOURS.line)
        .stroke(),
    );
  };

  const heightOf = (texts: readonly string[], weight: "regular" | "strong"): number => {
    sheet.style({ size: SIZES.table, weight });
    const heights = texts.map((text, i) => pdf.heightOfString(text || " ", { width: widths[i] ?? 0 }));
    return Math.min(Math.max(...heights), lines * lineHeight) + 2 * PADDING;
  };

  const titles = columns.map(({ title }) => title);
  const headHeight = heightOf(titles, "strong");
  const head = () => draw("TH", titles, headHeight, []);
  sheet.room(headHeight + 2 * (lineHeight + 2 * PADDING));
  head();
  for (const row of rows) {
    const texts = columns.map(({ cell }) => sheet.clean(cell(row)));
    const height = heightOf(texts, "regular");
    if (sheet.y + height > PAGE.height - PAGE.bottom) {
      sheet.page();
      head();
    }
    draw(
      "TD",
      texts,
      height,
      columns.map(({ tone }) => tone?.(row)),
    );
  }
  element.end();
  sheet.space(5);
  if (all > rows.length) sheet.note(`… and ${count(all - rows.length)} more, in ${file}`);
  else sheet.space(5);
}
