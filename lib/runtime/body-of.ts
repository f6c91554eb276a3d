/** Bytes that come one after the other, as the body of an answer. */
import type { Readable } from "node:stream";

/**
 * `Readable.toWeb` would throw where nobody can catch it when the reader goes away while bytes come (Node 20).
 * @param chunks texts are written as UTF-8. The next is asked for when the one before was taken; a reader that goes away ends them.
 */
export function bodyOf(
  chunks: Readable | AsyncGenerator<string | Uint8Array>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  const source: AsyncIterator<string | Uint8Array> = chunks[Symbol.asyncIterator]();
  let isLeft = false;
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const { done, value } = await source.next();
        // Nothing can be put into a stream that its reader has left meanwhile.
        if (isLeft) return;
        if (done) controller.close();
        else controller.enqueue(typeof value === "string" ? encoder.encode(value) : new Uint8Array(value));
      },
      async cancel() {
        isLeft = true;
        // A stream that was never read does not end with its iterator.
        if ("destroy" in chunks) chunks.destroy();
        else await chunks.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
