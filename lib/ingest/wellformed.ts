/** Strings that PostgreSQL's text can hold: no NUL, no lone surrogate. The raw bytes keep what the source sent. */

const UNSTORABLE = /\\u0000|\\ud[89a-f]/iu;
const LONE_SURROGATE = /\p{Surrogate}/gu;

function mend(value: unknown): unknown {
  if (typeof value === "string")
    return value.replace(LONE_SURROGATE, "\ufffd").replaceAll("\u0000", "\ufffd");
  if (Array.isArray(value)) return value.map(mend);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [mend(key), mend(member)]));
  }
  return value;
}

/** A text with U+FFFD in place of what can't be stored. */
export const storable = (text: string): string => mend(text) as string;

/**
 * @param json the value as JSON.stringify writes it, which escapes just what can't be stored.
 * @returns null where all of it can be stored, the usual case; else a copy with U+FFFD in place of what can't.
 */
export function mended<T>(value: T, json: string): T | null {
  return UNSTORABLE.test(json) ? (mend(value) as T) : null;
}
