/** Undoes gzip (RFC 1952). */
import { createGunzip } from "node:zlib";
import { IngestProblem } from "../problem.ts";
import { Expander } from "./expander.ts";

export const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

/** Gzip expands a byte to a thousand at most. Small, so that what comes out fits in memory, and little is lost at a damaged place. */
const SLICE_BYTES = 1024;

function problemOf(error: NodeJS.ErrnoException): Error {
  switch (error.code) {
    case "Z_BUF_ERROR":
      return new IngestProblem(
        "gzip-truncated",
        "The gzip data ends too early; get the file again. What came before the end was read.",
      );
    case "Z_DATA_ERROR":
    case "Z_NEED_DICT":
      return new IngestProblem(
        "gzip-corrupt",
        `The gzip data is damaged (${error.message}); get the file again. What came before the damage was read.`,
      );
    default:
      return error;
  }
}

/** The bytes that come out of gzip data of one or more members. */
export async function* gunzipped(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  const expander = new Expander(gunzip);
  let fed = 0;
  try {
    for await (const chunk of chunks) {
      for (let start = 0; start < chunk.length; start += SLICE_BYTES) {
        const slice = chunk.subarray(start, start + SLICE_BYTES);
        await expander.write(slice);
        yield* expander.taken();
        if (expander.failure !== null) throw problemOf(expander.failure);
        if (expander.ended) refuseTrailing(slice.subarray(Math.max(0, gunzip.bytesWritten - fed)));
        fed += slice.length;
      }
    }
    await expander.end();
    yield* expander.taken();
    if (expander.failure !== null) throw problemOf(expander.failure);
  } finally {
    expander.destroy();
  }
}

/** Zeros after the last member are padding; anything else would be lost in silence. */
function refuseTrailing(bytes: Uint8Array): void {
  if (bytes.every((byte) => byte === 0)) return;
  throw new IngestProblem(
    "gzip-corrupt",
    "The gzip data is followed by bytes that are not gzip; get the file again. What came before them was read.",
  );
}
