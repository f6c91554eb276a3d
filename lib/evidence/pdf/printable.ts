/** Text of strangers, made fit to be printed: no control characters, none that turn the reading around, none without a glyph. */

/** Stands for what is not printed: U+FFFD, "�". */
export const REPLACEMENT = "\ufffd";

/** Nobody reads further, and layout takes time for each character. */
const MAX_CHARACTERS = 400;

/** Scripts that need no shaping beyond what the font does for Latin; in others a font can fail in ways nobody has tried. */
const PLAIN_SCRIPT =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]$/u;
/** Control, format (among them those that change the direction), unpaired surrogates, private use. */
const UNSEEN = /^[\p{Cc}\p{Cf}\p{Cs}\p{Co}]$/u;
/** More marks than two on one letter are drawn over the lines around it. */
const STACKED_MARKS = /(\p{M}{2})\p{M}+/gu;

/**
 * @param hasGlyph whether the font can draw a code point.
 * @returns the text, with `REPLACEMENT` for each character that can't be printed as it is; white space as single spaces; cut
 *   after 400 characters.
 */
export function printable(value: string, hasGlyph: (codePoint: number) => boolean): string {
  const line = value
    .slice(0, MAX_CHARACTERS * 2)
    .replaceAll(/\s+/gu, " ")
    .normalize("NFC");
  const characters = [...line.replaceAll(STACKED_MARKS, "$1")];
  const cut = characters.length > MAX_CHARACTERS || value.length > MAX_CHARACTERS * 2;
  const kept = characters
    .slice(0, MAX_CHARACTERS)
    .map((character) =>
      !UNSEEN.test(character) && PLAIN_SCRIPT.test(character) && hasGlyph(character.codePointAt(0) ?? 0)
        ? character
        : REPLACEMENT,
    )
    .join("");
  return cut ? `${kept}…` : kept;
}
