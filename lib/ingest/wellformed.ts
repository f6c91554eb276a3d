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

/** The value itself, or where a string in it can't be stored a copy with U+FFFD in place of what can't. */
export function wellFormed<T>(value: T): T {
  // JSON.stringify escapes just these: a value without them, the usual case, costs no copy.
  return UNSTORABLE.test(JSON.stringify(value)) ? (mend(value) as T) : value;
}
