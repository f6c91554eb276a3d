/** Looks at the first line of a stream without taking it away. */
import { inUtf8 } from "./charset.ts";
import { decompressed } from "./decompress.ts";
import { type Headed, headOf } from "./head.ts";

const LINE_FEED = 0x0a;

/** No header is longer; what has no line end by then is no table. */
const MAX_LINE_BYTES = 64 * 1024;

export interface Peeked {
  /** Without its line end, byte order mark included; at most 64 KiB. */
  firstLine: Buffer;
  /** The whole stream, from its first byte. */
  whole: Headed["whole"];
}

/** Never throws: what the stream throws early, `whole` throws in its place. */
export async function peek(chunks: AsyncIterable<Uint8Array>): Promise<Peeked> {
  const { head, whole } = await headOf(
    chunks,
    (head) => head.length >= MAX_LINE_BYTES || head.indexOf(LINE_FEED) >= 0,
  );
  const end = head.indexOf(LINE_FEED);
  const line = head.subarray(0, Math.min(end < 0 ? head.length : end, MAX_LINE_BYTES));
  return { firstLine: line.at(-1) === 0x0d ? line.subarray(0, -1) : line, whole };
}

/** The first line of a file as it came: compressed or not, in any charset. Never throws, as `peek`. */
export const peekText = (chunks: AsyncIterable<Uint8Array>): Promise<Peeked> =>
  peek(inUtf8(decompressed(chunks)));
