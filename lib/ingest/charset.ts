/** Turns text in UTF-16 into UTF-8, which all that follows reads; other bytes pass as they are. */
import { headOf } from "./head.ts";
import { IngestProblem } from "./problem.ts";

type Charset = "utf-8" | "utf-16le" | "utf-16be" | "utf-32";

/** As many first bytes as tell the charset. */
const SIGNATURE_BYTES = 4;

const BYTE_ORDER_MARKS: readonly (readonly [mark: number[], charset: Charset])[] = [
  [[0xff, 0xfe, 0, 0], "utf-32"],
  [[0, 0, 0xfe, 0xff], "utf-32"],
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];

/**
 * The charset that a text's first bytes tell: by the byte order mark (The Unicode Standard, §23.8), else by where the
 * zeros of two ASCII characters stand (RFC 4627 §3; JSON begins with two such, and so do the headers of most tables).
 */
function charsetOf(first: Uint8Array): Charset {
  const marked = BYTE_ORDER_MARKS.find(([mark]) => mark.every((byte, at) => first[at] === byte));
  if (marked !== undefined) return marked[1];
  const zeros = [...first.subarray(0, SIGNATURE_BYTES)]
    .map((byte) => (byte === 0 ? "0" : byte < 0x80 ? "x" : "?"))
    .join("");
  if (zeros === "x0x0") return "utf-16le";
  if (zeros === "0x0x") return "utf-16be";
  return zeros === "x000" || zeros === "000x" ? "utf-32" : "utf-8";
}

/** A surrogate that has no partner; pairs are one character in a pattern with the flag u. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** A lone surrogate in the three bytes that UTF-8 would give its number: no UTF-8, but nothing of it is lost. */
function surrogateBytes(unit: number): Buffer {
  return Buffer.from([0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f)]);
}

function utf8Of(text: string): Buffer {
  if (text.search(LONE_SURROGATE) < 0) return Buffer.from(text, "utf8");
  const parts: Buffer[] = [];
  let from = 0;
  for (const { index } of text.matchAll(LONE_SURROGATE)) {
    parts.push(Buffer.from(text.slice(from, index), "utf8"), surrogateBytes(text.charCodeAt(index)));
    from = index + 1;
  }
  parts.push(Buffer.from(text.slice(from), "utf8"));
  return Buffer.concat(parts);
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;

async function* decoded(chunks: AsyncIterable<Uint8Array>, bigEndian: boolean): AsyncGenerator<Uint8Array> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([held, chunk]);
    let whole = bytes.length - (bytes.length % 2);
    const lastUnit =
      whole === 0 ? 0 : bigEndian ? bytes.readUInt16BE(whole - 2) : bytes.readUInt16LE(whole - 2);
    // Its other half may come with the next chunk.
    if (isHighSurrogate(lastUnit)) whole -= 2;
    held = bytes.subarray(whole);
    if (whole > 0) yield utf8Of(textOf(bytes.subarray(0, whole), bigEndian));
  }
  const odd = held.length % 2 === 1 ? held.at(-1) : undefined;
  if (held.length > 1) yield utf8Of(textOf(held.subarray(0, 2), bigEndian));
  if (odd === undefined) return;
  throw new IngestProblem(
    "utf16-truncated",
    `The UTF-16 text ends within a character (its last byte is 0x${odd.toString(16).padStart(2, "0")}); get the file again. What came before the end was read.`,
  );
}

/** @param bytes whole code units; a copy of them is swapped where they are big-endian. */
function textOf(bytes: Buffer, bigEndian: boolean): string {
  return (bigEndian ? Buffer.from(bytes).swap16() : bytes).toString("utf16le");
}

/**
 * Text of any charset that its first bytes tell as UTF-8, streamed. Halves of surrogate pairs come out as bytes that
 * are no UTF-8, so that the record which holds them is refused by itself and keeps them.
 * @throws {IngestProblem} when the text ends within a character, after all that came before; for UTF-32, at once.
 */
export async function* inUtf8(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { head, whole } = await headOf(chunks, ({ length }) => length >= SIGNATURE_BYTES);
  try {
    const charset = charsetOf(head);
    if (charset === "utf-32") {
      throw new IngestProblem("utf32", "The text is in UTF-32; save it as UTF-8 and ingest that.");
    }
    yield* charset === "utf-8" ? whole : decoded(whole, charset === "utf-16be");
  } finally {
    await whole.return();
  }
}
