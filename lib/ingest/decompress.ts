/** Undoes gzip where the bytes say that it is gzip, whatever the file's name. */
import { createGunzip } from "node:zlib";
import { IngestProblem } from "./problem.ts";

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

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

/**
 * The bytes that come out of gzip data of one or more members. Not the stream's own iterator, which drops what it holds
 * when the stream fails.
 */
async function* gunzipped(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  let output: Buffer[] = [];
  let failure = null as Error | null;
  let fed = 0;
  let wake = () => {};
  const step = (start: (done: () => void) => void) =>
    new Promise<void>((resolve) => {
      wake = resolve;
      start(resolve);
    });
  const taken = () => {
    const bytes = output;
    output = [];
    return bytes;
  };
  gunzip.on("data", (bytes: Buffer) => output.push(bytes));
  gunzip.on("end", () => wake());
  gunzip.on("error", (error) => {
    failure = error;
    wake();
  });
  try {
    for await (const chunk of chunks) {
      for (let start = 0; start < chunk.length; start += SLICE_BYTES) {
        const slice = chunk.subarray(start, start + SLICE_BYTES);
        if (!gunzip.readableEnded) await step((done) => gunzip.write(slice, done));
        yield* taken();
        if (failure !== null) throw problemOf(failure);
        if (gunzip.readableEnded) refuseTrailing(slice.subarray(Math.max(0, gunzip.bytesWritten - fed)));
        fed += slice.length;
      }
    }
    if (!gunzip.readableEnded) await step(() => gunzip.end());
    yield* taken();
    if (failure !== null) throw problemOf(failure);
  } finally {
    gunzip.destroy();
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

/**
 * Undoes gzip, also of several members one after another; other bytes pass as they are.
 * @throws {IngestProblem} when the gzip data is cut off or damaged, after what could be read of it: all of it before a
 * cut; before damage, all but what the last kilobyte of gzip data held.
 */
export async function* decompressed(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const input = chunks[Symbol.asyncIterator]();
  async function* rest(first: Uint8Array): AsyncGenerator<Uint8Array> {
    yield first;
    for (let next = await input.next(); next.done !== true; next = await input.next()) yield next.value;
  }
  try {
    let first: Uint8Array = Buffer.alloc(0);
    while (first.length < GZIP_MAGIC.length) {
      const next = await input.next();
      if (next.done === true) break;
      first = Buffer.concat([first, next.value]);
    }
    const isGzip = GZIP_MAGIC.equals(first.subarray(0, GZIP_MAGIC.length));
    yield* isGzip ? gunzipped(rest(first)) : rest(first);
  } finally {
    await input.return?.();
  }
}
