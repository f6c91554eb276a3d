/** Undoes gzip and zstd where the bytes say that it is one, whatever the file's name. */
import { GZIP_MAGIC, gunzipped } from "./decompress/gzip.ts";
import { nodesZstd, unzstd, ZSTD_MAGIC, type ZstdFactory } from "./decompress/zstd.ts";
import { headOf } from "./head.ts";

const MAGIC_BYTES = Math.max(GZIP_MAGIC.length, ZSTD_MAGIC.length);

/**
 * Undoes gzip, also of several members, and zstd, also of several frames one after another; other bytes pass as they are.
 * @param zstd makes zstd's decompressor; null where there is none.
 * @throws {IngestProblem} when the data are cut off or damaged, after what could be read of them. Gzip: all of it before a
 * cut; before damage, all but what the last kilobyte of gzip data held. Zstd: all blocks that were whole.
 */
export async function* decompressed(
  chunks: AsyncIterable<Uint8Array>,
  zstd: ZstdFactory | null = nodesZstd,
): AsyncGenerator<Uint8Array> {
  const { head, whole } = await headOf(chunks, ({ length }) => length >= MAGIC_BYTES);
  const begins = (magic: Buffer) => magic.equals(head.subarray(0, magic.length));
  try {
    if (begins(GZIP_MAGIC)) yield* gunzipped(whole);
    else if (begins(ZSTD_MAGIC)) yield* unzstd(whole, zstd);
    else yield* whole;
  } finally {
    await whole.return();
  }
}
