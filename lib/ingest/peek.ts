/** Looks at the first line of a stream without taking it away. */

const LINE_FEED = 0x0a;

/** No header is longer; what has no line end by then is no table. */
const MAX_LINE_BYTES = 64 * 1024;

export interface Peeked {
  /** Without its line end, byte order mark included; at most 64 KiB. */
  firstLine: Buffer;
  /** The whole stream, from its first byte. */
  whole: AsyncIterable<Uint8Array>;
}

/** Never throws: what the stream throws early, `whole` throws in its place. */
export async function peek(chunks: AsyncIterable<Uint8Array>): Promise<Peeked> {
  const input = chunks[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  let failure: { error: unknown } | null = null;
  try {
    while (head.indexOf(LINE_FEED) < 0 && head.length < MAX_LINE_BYTES) {
      const next = await input.next();
      if (next.done === true) break;
      head = Buffer.concat([head, next.value]);
    }
  } catch (error) {
    failure = { error };
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    try {
      if (head.length > 0) yield head;
      if (failure !== null) throw failure.error;
      for (let next = await input.next(); next.done !== true; next = await input.next()) yield next.value;
    } finally {
      await input.return?.();
    }
  }
  const end = head.indexOf(LINE_FEED);
  const line = head.subarray(0, Math.min(end < 0 ? head.length : end, MAX_LINE_BYTES));
  return { firstLine: line.at(-1) === 0x0d ? line.subarray(0, -1) : line, whole: whole() };
}
