/** Safe readers of parsed JSON from strangers: whatever the value is, they return what was asked for or null. */
import type { Instant } from "../event.ts";
import { deeperThan, MAX_DEPTH } from "../framing/reading.ts";
import { RecordError } from "./adapter.ts";

export type JsonObject = { readonly [key: string]: unknown };

/** The value as a JSON object; null for anything else, arrays included. */
export function objectOf(value: unknown): JsonObject | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

/** The objects among a list's elements; empty for what is no list. */
export function objectsOf(value: unknown): JsonObject[] {
  if (!Array.isArray(value)) return [];
  return value.map(objectOf).filter((element) => element !== null);
}

/**
 * An own member of an object by its exact name; null for a missing one, so that missing and null are the same.
 * Own only: a record must not reach what every object inherits (`constructor`, `__proto__`).
 */
export function member(object: JsonObject | null, name: string): unknown {
  return object !== null && Object.hasOwn(object, name) ? (object[name] ?? null) : null;
}

/** An own member by the first of the names that has a value, whatever the case of its letters. */
export function anyCase(object: JsonObject | null, ...names: readonly string[]): unknown {
  if (object === null) return null;
  for (const name of names) {
    const exact = member(object, name);
    if (exact !== null) return exact;
    for (const key of Object.keys(object)) {
      if (key.length !== name.length || key.toLowerCase() !== name.toLowerCase()) continue;
      const value = object[key] ?? null;
      if (value !== null) return value;
    }
  }
  return null;
}

/** A string as it stands; null for what is no string and for one that is empty or blank. */
export function textOf(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value : null;
}

/**
 * What JSON in a text of a record says; null for any other text, and for JSON that nests deeper than a record may: code
 * further on walks it.
 */
export function jsonIn(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && deeperThan(value, MAX_DEPTH) ? null : value;
  } catch {
    return null;
  }
}

/** A truth value, also one written as text: `True`, `"false"` with the quotes inside. */
export function booleanOf(value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  if (typeof value !== "string") return null;
  const word = value.replaceAll('"', "").trim().toLowerCase();
  return word === "true" ? true : word === "false" ? false : null;
}

const ISO_8601 =
  /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))[T ]((?:[01]\d|2[0-3]):[0-5]\d)(:[0-5]\d)?(?:[.,](\d{1,20}))?(Z|([+-])(0\d|1[0-9]|2[0-3]):?([0-5]\d)?)?$/i;

const ZERO = 0x30;
/** Where `2026-03-01T09:00:00.000Z` has its digits, and what stands between them. */
const DIGITS = [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18, 20, 21, 22];
const BETWEEN = [
  [4, "-"],
  [7, "-"],
  [10, "T"],
  [13, ":"],
  [16, ":"],
  [19, "."],
  [23, "Z"],
].map(([place, sign]) => [place as number, (sign as string).charCodeAt(0)] as const);

/**
 * The time of the one spelling that nearly every record has, read without a pattern; null for every other, and for days
 * from the 29th on, which the month may not have.
 */
function plainInstantOf(text: string): Instant | null {
  for (const place of DIGITS) {
    const digit = text.charCodeAt(place) - ZERO;
    if (digit < 0 || digit > 9) return null;
  }
  for (const [place, sign] of BETWEEN) if (text.charCodeAt(place) !== sign) return null;
  if ((text.charCodeAt(8) - ZERO) * 10 + text.charCodeAt(9) - ZERO > 28) return null;
  const at = Date.parse(text);
  // 24:00 is a time to Date, and none of ISO 8601's newer edition.
  return Number.isNaN(at) || text.startsWith("24", 11) ? null : at;
}

/**
 * A time in ISO 8601, with any number of fraction digits (cut to milliseconds) and with or without an offset; without
 * one it is UTC, for that is what the vendors' logs write.
 * @returns null for anything else, also for days that the month does not have.
 */
export function instantOf(value: unknown): Instant | null {
  if (typeof value === "string" && value.length === 24) {
    const at = plainInstantOf(value);
    if (at !== null) return at;
  }
  const parts = typeof value === "string" ? ISO_8601.exec(value) : null;
  if (parts === null) return null;
  const [
    ,
    date = "",
    minutes = "",
    seconds = ":00",
    fraction = "",
    ,
    sign,
    hoursOff = "0",
    minutesOff = "0",
  ] = parts;
  const local = Date.parse(`${date}T${minutes}${seconds}.${fraction.slice(0, 3).padEnd(3, "0")}Z`);
  // V8 reads 30 February as 2 March.
  if (Number.isNaN(local) || new Date(local).getUTCDate() !== Number(date.slice(8))) return null;
  const offset = (Number(hoursOff) * 60 + Number(minutesOff)) * 60_000;
  return sign === "-" ? local + offset : local - offset;
}

/**
 * The time of a record: the first of the fields that is set.
 * @throws {RecordError} naming the field when it holds no time, or all of them when none is set.
 */
export function requiredInstant(fields: readonly (readonly [name: string, value: unknown])[]): Instant {
  for (const [name, value] of fields) {
    if (value === null) continue;
    const at = instantOf(value);
    if (at === null) throw new RecordError(`The field "${name}" is not a time in ISO 8601: ${shown(value)}.`);
    return at;
  }
  const names = fields.map(([name]) => `"${name}"`).join(", ");
  throw new RecordError(`The record has no time: the field ${names} is missing.`);
}

/** A value as an error message shows it, short whatever its size. */
export function shown(value: unknown): string {
  if (typeof value === "string") {
    return value.length > 60 ? `${JSON.stringify(value.slice(0, 60))}…` : JSON.stringify(value);
  }
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "an object";
  return String(value);
}

/**
 * The record as an object.
 * @throws {RecordError} when it is none.
 */
export function requiredObject(value: unknown): JsonObject {
  const object = objectOf(value);
  if (object === null) throw new RecordError(`A record is a JSON object, not ${shown(value)}.`);
  return object;
}
