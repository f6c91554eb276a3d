/** Flat JSON objects read as the rows of a table: their members' names are its header. */
import {
  type Cell,
  type ColumnMapping,
  type Columns,
  columnsOf,
  type Given,
  type RowKind,
} from "./adapters/table.ts";
import type { Frame } from "./framing/frame.ts";

type Row = Readonly<Record<string, unknown>>;

const isRow = (value: unknown): value is Row =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Members by name, those of an object within as `outer.inner`. */
function membersOf(row: Row): Map<string, unknown> {
  const members = new Map<string, unknown>();
  for (const [name, value] of Object.entries(row)) {
    if (!isRow(value)) members.set(name, value);
    else for (const [inner, one] of Object.entries(value)) members.set(`${name}.${inner}`, one);
  }
  return members;
}

const textOf = (value: unknown): string =>
  typeof value === "string"
    ? value
    : typeof value === "number" || typeof value === "boolean"
      ? String(value)
      : "";

const cellOf = (value: unknown): Cell => (Array.isArray(value) ? value.map(textOf) : textOf(value));

/** Finds columns once for all rows that have the same members. */
function columnFinder(kind: RowKind, mapping: ColumnMapping): (names: readonly string[]) => Columns {
  let last: { key: string; columns: Columns } | null = null;
  return (names) => {
    const key = names.join("\u0000");
    if (last?.key !== key) last = { key, columns: columnsOf(kind, names, mapping) };
    return last.columns;
  };
}

/** Whether an object is a row of the kind rather than something around rows. Never throws. */
export function isRowOf(kind: RowKind, mapping: ColumnMapping, value: unknown): boolean {
  return isRow(value) && kind.lack(columnsOf(kind, [...membersOf(value).keys()], mapping)) === null;
}

/** The frames with each record's value as the kind's adapter reads it. */
export async function* rowFrames(
  batches: AsyncIterable<Frame[]>,
  kind: RowKind,
  mapping: ColumnMapping,
  given: Given,
): AsyncGenerator<Frame[]> {
  const find = columnFinder(kind, mapping);
  for await (const batch of batches) {
    yield batch.map((frame): Frame => {
      if (frame.kind === "broken" || !isRow(frame.value)) return frame;
      const members = membersOf(frame.value);
      const names = [...members.keys()];
      const cells: Record<string, Cell> = {};
      for (const [field, place] of find(names).places) cells[field] = cellOf(members.get(names[place] ?? ""));
      return { ...frame, value: kind.valueOf(cells, given) };
    });
  }
}
