/** What is shown, and kept, of an answer that came from elsewhere. Pure. */

const SHOWN_CHARACTERS = 500;

/** The beginning of a text in one line: no control characters, no half of a character. */
export const shown = (text: string, characters = SHOWN_CHARACTERS): string =>
  [
    ...text
      .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
      .replace(/\p{Surrogate}/gu, "")
      .trim(),
  ]
    .slice(0, characters)
    .join("");
