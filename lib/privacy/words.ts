/** Searching texts for what tells of a person: whole words, in any case. */

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&");

/**
 * @param texts as they are looked for, as plain text; none: nothing is found.
 * @returns finds each where no letter or digit stands before or after it; the longest where several begin.
 */
export function wordsPattern(texts: Iterable<string>): RegExp | null {
  const words = [...new Set(texts)].filter((text) => text !== "").sort((a, b) => b.length - a.length);
  if (words.length === 0) return null;
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.map(escaped).join("|")})(?![\\p{L}\\p{N}])`, "giu");
}

/** A character outside of ASCII as JSON may spell it. */
const unicodeEscapes = (text: string): string =>
  text.replace(/[^\0-\x7f]/gu, (character) =>
    [...Array(character.length).keys()]
      .map((i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`)
      .join(""),
  );

/** How a text may stand in JSON: as it is, with what must be spelled out, and with all that may be. */
export function spelledInJson(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  return [...new Set([text, json, unicodeEscapes(json), json.replaceAll("/", "\\/")])];
}

/**
 * Whether a value points to somebody wherever it stands: an address, or a name or id with more than letters in it. A word
 * of letters alone may be anybody's surname, or a word of the language.
 */
export const isTelling = (value: string): boolean =>
  value.includes("@") ||
  (value.length >= 5 && /[\p{L}]/u.test(value) && /[\d._-]/u.test(value)) ||
  /^\d{8,}$/u.test(value);
