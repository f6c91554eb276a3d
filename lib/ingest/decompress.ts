/** Undoes gzip and zstd where the bytes say that it is one, whatever the file's name. */
import { maxExpansion, withinExpansion } from "./decompress/expansion.ts";
import { GZIP_MAGIC, gunzipped } from "./decompress/gzip.ts";
import { nodesZstd, unzstd, ZSTD_MAGIC, type ZstdFactory } from "./decompress/zstd.ts";
import { headOf } from "./head.ts";
import { IngestProblem } from "./problem.ts";

const MAGIC_BYTES = Math.max(GZIP_MAGIC.length, ZSTD_MAGIC.length);

/** What data are compressed by, told by their first bytes; null for all others. */
function methodOf(head: Buffer): "gzip" | "zstd" | null {
  const begins = (magic: Buffer) => magic.equals(head.subarray(0, magic.length));
  if (begins(GZIP_MAGIC)) return "gzip";
  return begins(ZSTD_MAGIC) ? "zstd" : null;
}

/** Compressed once is a log; what is compressed again within is most often made to grow without end. */
async function* notAgain(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { head, whole } = await headOf(chunks, ({ length }) => length >= MAGIC_BYTES);
  try {
    const again = methodOf(head);
    if (again !== null) {
      throw new IngestProblem(
        "nested-compression",
        `The compressed data holds compressed data (${again}) again; decompress the file once and ingest what comes out.`,
      );
    }
    yield* whole;
  } finally {
    await whole.return();
  }
}

/**
 * Undoes gzip, also of several members, and zstd, also of several frames one after another; other bytes pass as they are.
 * @param zstd makes zstd's decompressor; null where there is none.
 * @throws {IngestProblem} when the data are cut off or damaged, after what could be read of them. Gzip: all of it before a
 * cut; before damage, all but what the last kilobyte of gzip data held. Zstd: all blocks that were whole. Also when they
 * grow beyond the limit of `maxExpansion`, after what is below it, and at once when they are compressed twice.
 */
export async function* decompressed(
  chunks: AsyncIterable<Uint8Array>,
  zstd: ZstdFactory | null = nodesZstd,
): AsyncGenerator<Uint8Array> {
  let bytesIn = 0;
  async function* counted(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of input) {
      bytesIn += chunk.length;
      yield chunk;
    }
  }
  const { head, whole } = await headOf(chunks, ({ length }) => length >= MAGIC_BYTES);
  try {
    const method = methodOf(head);
    if (method === null) yield* whole;
    else {
      const limit = maxExpansion();
      const plain = method === "gzip" ? gunzipped(counted(whole)) : unzstd(counted(whole), zstd);
      yield* notAgain(withinExpansion(plain, () => bytesIn, limit));
    }
  } finally {
    await whole.return();
  }
}
