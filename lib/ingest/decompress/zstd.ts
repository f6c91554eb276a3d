/**
 * Undoes zstd (RFC 8878). Frames and blocks are found here and handed to Node one by one, since its decompressor stops after
 * the first frame, takes data that are cut off for complete, and drops what stands before damage in what it is given.
 */
import type { Transform } from "node:stream";
import * as zlib from "node:zlib";
import { IngestProblem } from "../problem.ts";
import { Expander } from "./expander.ts";

export const ZSTD_MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

export type ZstdFactory = () => Transform;

/** Node has it from 22.15 on; null before. */
export const nodesZstd: ZstdFactory | null =
  (zlib as { createZstdDecompress?: ZstdFactory }).createZstdDecompress ?? null;

/** RFC 8878 §3.1.1.2.4: no block holds more. */
const MAX_BLOCK_BYTES = 128 * 1024;

const truncated = () =>
  new IngestProblem(
    "zstd-truncated",
    "The zstd data ends too early; get the file again. What came before the end was read.",
  );

const corrupt = (why: string) =>
  new IngestProblem(
    "zstd-corrupt",
    `The zstd data can't be read on (${why}); get the file again. What came before this place was read.`,
  );

/** Takes as many bytes as are asked for, whatever the chunks. */
class Source {
  private held: Buffer = Buffer.alloc(0);
  private readonly input: AsyncIterator<Uint8Array>;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.input = chunks[Symbol.asyncIterator]();
  }

  /** @returns fewer only where the data end. */
  async upTo(count: number): Promise<Buffer> {
    while (this.held.length < count) {
      const next = await this.input.next();
      if (next.done === true) break;
      this.held = Buffer.concat([this.held, next.value]);
    }
    const bytes = this.held.subarray(0, count);
    this.held = this.held.subarray(count);
    return bytes;
  }

  /** @throws {IngestProblem} where the data end before. */
  async exactly(count: number): Promise<Buffer> {
    const bytes = await this.upTo(count);
    if (bytes.length < count) throw truncated();
    return bytes;
  }
}

/** A part of a frame that can be decompressed once it is there. */
interface Piece {
  bytes: Buffer;
  endsFrame: boolean;
}

/** What stands behind the magic number (§3.1.1.1), and whether a checksum ends the frame. */
async function frameHeader(source: Source): Promise<{ bytes: Buffer; checksum: boolean }> {
  const [descriptor = 0] = await source.exactly(1);
  const singleSegment = (descriptor & 0x20) !== 0;
  const dictionaryId = [0, 1, 2, 4][descriptor & 0x03] ?? 0;
  const contentSize = [singleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  const rest = await source.exactly((singleSegment ? 0 : 1) + dictionaryId + contentSize);
  return { bytes: Buffer.concat([[descriptor], rest].map(Buffer.from)), checksum: (descriptor & 0x04) !== 0 };
}

/** A block with its header (§3.1.1.2). */
async function block(source: Source): Promise<{ bytes: Buffer; last: boolean }> {
  const header = await source.exactly(3);
  const bits = header.readUIntLE(0, 3);
  const type = (bits >> 1) & 0x03;
  const size = bits >> 3;
  if (type === 3 || size > MAX_BLOCK_BYTES) throw corrupt("a block that can't be one");
  const repeated = type === 1;
  const content = await source.exactly(repeated ? 1 : size);
  return { bytes: Buffer.concat([header, content]), last: (bits & 1) === 1 };
}

async function* frame(source: Source): AsyncGenerator<Piece> {
  const header = await frameHeader(source);
  yield { bytes: Buffer.concat([ZSTD_MAGIC, header.bytes]), endsFrame: false };
  for (let last = false; !last; ) {
    const next = await block(source);
    last = next.last;
    yield { bytes: next.bytes, endsFrame: last && !header.checksum };
  }
  if (header.checksum) yield { bytes: await source.exactly(4), endsFrame: true };
}

/** The frames' pieces; skippable frames (§3.1.2) and zeros behind the last frame hold nothing. */
async function* pieces(source: Source): AsyncGenerator<Piece> {
  for (;;) {
    const magic = await source.upTo(ZSTD_MAGIC.length);
    if (magic.length === 0) return;
    if (magic.equals(ZSTD_MAGIC)) yield* frame(source);
    else if (magic.length === 4 && (magic.readUInt32LE() & 0xfffffff0) >>> 0 === 0x184d2a50) {
      let left = (await source.exactly(4)).readUInt32LE();
      while (left > 0) left -= (await source.exactly(Math.min(left, MAX_BLOCK_BYTES))).length;
    } else if (magic.some((byte) => byte !== 0)) {
      if (ZSTD_MAGIC.subarray(0, magic.length).equals(magic)) throw truncated();
      throw corrupt("bytes that are not zstd stand behind it");
    }
  }
}

/** The bytes that come out of zstd data of one or more frames. */
export async function* unzstd(
  chunks: AsyncIterable<Uint8Array>,
  create: ZstdFactory | null,
): AsyncGenerator<Uint8Array> {
  if (create === null) {
    throw new IngestProblem(
      "zstd-unsupported",
      `The file is compressed with zstd, which Node ${process.versions.node} can't undo: decompress it first (zstd -d), or run Rollcall with Node 22.15 or newer.`,
    );
  }
  let expander: Expander | null = null;
  try {
    for await (const { bytes, endsFrame } of pieces(new Source(chunks))) {
      expander ??= new Expander(create());
      await expander.write(bytes);
      if (endsFrame) await expander.end();
      yield* expander.taken();
      if (expander.failure !== null) throw corrupt(expander.failure.message);
      if (endsFrame) {
        expander.destroy();
        expander = null;
      }
    }
  } finally {
    expander?.destroy();
  }
}
