/** JSON.parse with limits, and its complaints in words for people. */
import { isAscii, isUtf8 } from "node:buffer";
import { mayRound, withExactIntegers } from "./integers.ts";

/** Real records nest about ten deep; code that walks values may recurse without fear below this. */
export const MAX_DEPTH = 200;

const NOT_UTF8 = "This is not valid UTF-8.";
const ZEROS = "Nothing but zeros: most often a part of a file that was never written.";
const HALF_A_PAIR = "This holds half of a surrogate pair, which is no character.";
const NOT_AN_OBJECT = "This is JSON, but not a JSON object.";
export const TOO_DEEP = `This nests deeper than ${MAX_DEPTH} levels.`;
export const CUT_OFF = "Cut off: the input ends inside this record.";
export const UNCLOSED =
  "Cut off: the list of records is never closed; records may be missing after this place.";

export const partOf = (part: number, limit: number): string =>
  `Part ${part} of something longer than ${limit} bytes, the most that a record may have.`;

/** What the parser prints of the input may hold anything; PostgreSQL's text can't. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}]+/gu;

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Integers that a double can't hold are strings of their digits in it.
 * @returns the object whose JSON the bytes are, or undefined when they are anything else.
 */
export function objectOf(bytes: Buffer): object | undefined {
  const ascii = isAscii(bytes);
  if (!ascii && !isUtf8(bytes)) return undefined;
  try {
    const text = bytes.toString(ascii ? "latin1" : "utf8");
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) return undefined;
    return mayRound(bytes) ? (JSON.parse(withExactIntegers(text)) as object) : value;
  } catch {
    return undefined;
  }
}

/** @returns the object that has the one member, or the few, whose JSON the bytes are; undefined when they are no members. */
export function memberOf(bytes: Buffer): object | undefined {
  return objectOf(Buffer.concat([Buffer.from("{"), bytes, Buffer.from("}")]));
}

/** Whether a value nests deeper than so many levels. */
export function deeperThan(value: object, levels: number): boolean {
  for (const key in value) {
    const member = (value as Record<string, unknown>)[key];
    if (typeof member === "object" && member !== null && (levels === 1 || deeperThan(member, levels - 1))) {
      return true;
    }
  }
  return false;
}

const AFTER_EXCERPT = " is not valid JSON";

/** `Unexpected token 'a', "{abc" is not valid JSON` as `Unexpected token 'a' in "{abc"`. */
function withExcerpt(message: string): string {
  const comma = message.indexOf(", ");
  if (comma < 0 || !message.endsWith(AFTER_EXCERPT)) return message;
  return `${message.slice(0, comma)} in ${message.slice(comma + 2, -AFTER_EXCERPT.length)}`;
}

/** V8's message as one sentence: `Expected ',' or '}' after property value in JSON at position 7 (line 1 column 8)`. */
function sentence(message: string): string {
  const what = withExcerpt(
    message
      .replace(/ \(line \d+ column \d+\)$/u, "")
      .replace(
        /(?: in JSON)? at position (\d+)$/u,
        (_, position) => `, at character ${Number(position) + 1}`,
      ),
  )
    .replace("end of JSON input", "end")
    .replace(" after JSON,", " after the end,")
    .replace(UNPRINTABLE, "\ufffd");
  return `This is not JSON: ${what.charAt(0).toLowerCase()}${what.slice(1)}.`;
}

/** Whether the number of a surrogate stands in the bytes as UTF-8 would write it (RFC 3629 §3 forbids it): ED A0…BF. */
function holdsSurrogate(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(0xed); at >= 0; at = bytes.indexOf(0xed, at + 1)) {
    if ((bytes[at + 1] ?? 0) >= 0xa0) return true;
  }
  return false;
}

/**
 * Why bytes are no record.
 * @param member whether they are a member of an object, `"key": value`, rather than a value.
 */
export function reasonAgainst(bytes: Buffer, member: boolean): string {
  if (!isUtf8(bytes)) return holdsSurrogate(bytes) ? HALF_A_PAIR : NOT_UTF8;
  if (bytes.length > 0 && bytes.every((byte) => byte === 0)) return ZEROS;
  const text = bytes.toString("utf8");
  try {
    JSON.parse(member ? `{${text}}` : text);
    return NOT_AN_OBJECT;
  } catch (error) {
    return sentence((error as Error).message);
  }
}
