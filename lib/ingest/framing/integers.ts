/** Integers that JSON.parse would round, so that two ids become one (RFC 8259 §6: beyond 2^53 readers differ). */

/** Fewer digits than this always fit into a double. */
const LONG_DIGITS = 16;

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** What may stand before and behind an integer; a string's digits mostly stand beside a quote. */
const BEFORE = new Set(Buffer.from(":,[- \t\r\n"));
const BEHIND = new Set(Buffer.from(",]} \t\r\n"));

/** Whether an integer of so many digits seems to stand in JSON; for few of those that are in strings too. Looks at few of the bytes. */
export function mayRound(bytes: Uint8Array): boolean {
  for (let at = LONG_DIGITS - 1; at < bytes.length; at += LONG_DIGITS) {
    if (!isDigit(bytes[at])) continue;
    let from = at;
    while (isDigit(bytes[from - 1])) from--;
    let to = at + 1;
    while (isDigit(bytes[to])) to++;
    const stands = BEFORE.has(bytes[from - 1] ?? 0) && BEHIND.has(bytes[to] ?? 0);
    if (stands && to - from >= LONG_DIGITS) return true;
    while (at + LONG_DIGITS < to) at += LONG_DIGITS;
  }
  return false;
}

/** A string, or a number with its fraction and exponent. The string's loop has no alternatives, for V8 runs out of stack on those. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gsu;

/** @returns JSON in which each integer that would be rounded is a string of its digits. `json` must be valid. */
export function withExactIntegers(json: string): string {
  return json.replace(STRING_OR_NUMBER, (token) =>
    /^-?\d{16,}$/u.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token,
  );
}
