/** Dates as tables write them. Days are UTC days. docs/formats/hr.md. */
import type { Instant } from "../event.ts";
import { RecordError } from "./adapter.ts";
import { instantOf, shown } from "./read.ts";

const DAY = 86_400_000;

/** A day, or a time at midnight, which is how systems write a day. */
const ISO_DAY = /^(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?$/iu;
const LOCAL_DAY = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$/u;

/** Whether `03/04` is the third of April or the fourth of March. */
type DayOrder = "day-first" | "month-first";

/** What a cell holds: a whole day by its first moment, or a moment. */
export interface ReadTime {
  at: Instant;
  wholeDay: boolean;
}

/**
 * How a row writes its days, told from one that can only be read in one way.
 * @throws {RecordError} when two of them contradict each other.
 */
function orderOf(cells: readonly string[]): DayOrder | null {
  const orders = new Set<DayOrder>();
  for (const cell of cells) {
    const [, first, , second] = LOCAL_DAY.exec(cell) ?? [];
    if (Number(first) > 12) orders.add("day-first");
    if (Number(second) > 12) orders.add("month-first");
  }
  if (orders.size > 1) {
    throw new RecordError("The row writes one date with the day first, another with the month first.");
  }
  return [...orders][0] ?? null;
}

function isoDayOf(cell: string, field: string, order: DayOrder | null): string | null {
  const iso = ISO_DAY.exec(cell);
  if (iso !== null) return iso[1] ?? null;
  const [, first = "", , second = "", year = ""] = LOCAL_DAY.exec(cell) ?? [];
  if (year === "") return null;
  if (order === null && Number(first) !== Number(second)) {
    throw new RecordError(
      `The ${field} ${shown(cell)} may have the day or the month first; write dates as YYYY-MM-DD.`,
    );
  }
  const [day, month] = order === "month-first" ? [second, first] : [first, second];
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

/**
 * A reader of one row's dates.
 * @param cells all cells of the row that hold dates.
 * @returns a function that reads the cell of a field (named as people know it).
 * @throws {RecordError} also from that function, when a cell is no date or may mean two.
 */
export function dateReader(cells: readonly string[]): (cell: string, field: string) => ReadTime {
  const order = orderOf(cells);
  return (cell, field) => {
    const day = isoDayOf(cell, field, order);
    const at = instantOf(day === null ? cell : `${day}T00:00Z`);
    if (at === null) {
      throw new RecordError(
        `The ${field} ${shown(cell)} is no date; write dates as YYYY-MM-DD or as times in ISO 8601.`,
      );
    }
    return { at, wholeDay: day !== null };
  };
}

/** When a last day is over: a whole day's next midnight, since people may work on their last day; a time is itself. */
export const endOf = ({ at, wholeDay }: ReadTime): Instant => (wholeDay ? at + DAY : at);

const EARLIEST = Date.parse("1900-01-01T00:00:00Z");
const LATEST = Date.parse("2200-01-01T00:00:00Z");

/** Whether a date is meant: systems that must fill a field write 1 January 0001 or 31 December 9999. */
export const isMeant = ({ at }: ReadTime): boolean => at >= EARLIEST && at < LATEST;
