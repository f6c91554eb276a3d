/** Turns a byte stream of unknown layout into records, in memory that does not grow with the stream. */
import type { Frame, FramingOptions } from "./framing/frame.ts";
import { Framer } from "./framing/framer.ts";

export type { Frame, FramingOptions } from "./framing/frame.ts";

/** However large the chunks are, no batch of frames comes from more bytes than this and one record. */
const SLICE_BYTES = 256 * 1024;

/**
 * Cuts a stream into frames. The layout is found in the content: one JSON value a line, objects one after another, an
 * array of records, or wrappers around one (`{"value": […]}`, `data`, `events`, `records`, `items`, an event hook's
 * `data.events`), in any mixture. Every byte is in one frame or is a wrapper's, a bracket, a comma, or white space; what
 * can't be read is a broken frame with its reason, and reading goes on behind it. How the stream is cut into chunks
 * changes nothing.
 * @param chunks plain bytes; `decompressed` gives them.
 * @returns batches of frames in their order. Their bytes are views that hold on to up to a megabyte around them.
 * @throws what `chunks` throws, after the frames of all that came before.
 */
export async function* frames(
  chunks: AsyncIterable<Uint8Array>,
  options: FramingOptions,
): AsyncGenerator<Frame[]> {
  const failures: unknown[] = [];
  async function* input(): AsyncGenerator<Uint8Array> {
    try {
      yield* chunks;
    } catch (error) {
      failures.push(error);
    }
  }
  const framer = new Framer(options);
  for await (const chunk of input()) {
    for (let start = 0; start < chunk.length; start += SLICE_BYTES) {
      const batch = framer.push(chunk.subarray(start, start + SLICE_BYTES));
      if (batch.length > 0) yield batch;
    }
  }
  const last = framer.end();
  if (last.length > 0) yield last;
  if (failures.length > 0) throw failures[0];
}
