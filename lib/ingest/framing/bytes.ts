/** The bytes that JSON is built of, by kind. */

const OTHER = 0;
export const SPACE = 1;
export const NEWLINE = 2;
export const QUOTE = 3;
export const OPEN = 4;
export const CLOSE = 5;
export const COLON = 6;
export const COMMA = 7;

/** Kind of each byte outside a string. */
export const KIND = new Uint8Array(256).fill(OTHER);
for (const [bytes, kind] of [
  [" \t\r", SPACE],
  ["\n", NEWLINE],
  ['"', QUOTE],
  ["[{", OPEN],
  ["]}", CLOSE],
  [":", COLON],
  [",", COMMA],
] as const) {
  for (const byte of Buffer.from(bytes)) KIND[byte] = kind;
}

export const LINE_FEED = 0x0a;
export const QUOTE_BYTE = 0x22;
export const COMMA_BYTE = 0x2c;
export const OPEN_BRACKET = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_BRACKET = 0x5d;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;

/** In ASCII a bracket closes two above the one that opens it. */
export const closerOf = (opener: number): number => opener + 2;

/** 1 for the bytes that may stand in a string as themselves. */
export const PLAIN = new Uint8Array(256).fill(1).fill(0, 0, 0x20);
PLAIN[QUOTE_BYTE] = 0;
PLAIN[BACKSLASH] = 0;

export const isSpace = (byte: number | undefined): boolean =>
  byte !== undefined && (KIND[byte] === SPACE || KIND[byte] === NEWLINE);
