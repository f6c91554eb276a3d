/**
 * Bytes of JSON become segments. Lines can be read by several threads at once, since most logs have one record a line; what
 * is laid out otherwise is read from front to back. Both give the same records: a piece counts as read by itself only
 * where the reader from front to back would have stood at its beginning, and at its end, with nothing open.
 */
import { detectAdapter } from "../adapters/registry.ts";
import { giveBack } from "../file-chunks.ts";
import { Framer } from "../framing/framer.ts";
import { type Packed, Packer, SEGMENT_BYTES } from "../packer.ts";
import type { Reading } from "../record.ts";
import type { PieceResult, PieceSettings } from "./piece.ts";
import { Pool } from "./pool.ts";

const LINE_FEED = 0x0a;

/** Threads cost a tenth of a second: less than this is read sooner without them. */
const FIRST_BYTES = 8 * 1024 * 1024;

/** No line of records is longer, not even the longest record: what is, is no text of lines. */
const MAX_PIECE_BYTES = 32 * 1024 * 1024;

/** So long the first lines of a piece wait for the others. */
const WAIT_MS = 2_000;

/** However large the chunks are, no frames come from more bytes at once than this and one record. */
const SLICE_BYTES = 256 * 1024;

const isRecord = (value: unknown) => detectAdapter(value) !== null;

/** Where a part of the stream begins. */
interface Start {
  records: number;
  offset: number;
}

const shifted = ({ segments, rejected }: Packed, { records, offset }: Start): Packed => ({
  segments,
  rejected: rejected.map((row) => ({ ...row, record: row.record + records, offset: row.offset + offset })),
});

/** Reads from front to back. */
class Sequential {
  private readonly framer = new Framer({ isRecord });
  private readonly packer: Packer;
  /** What has been read by now. */
  readonly read: Start;

  constructor(
    reading: Reading,
    private readonly start: Start,
  ) {
    this.packer = new Packer(reading);
    this.read = { ...start };
  }

  get idle(): boolean {
    return this.framer.idle;
  }

  *push(chunk: Uint8Array): Generator<Packed> {
    for (let from = 0; from < chunk.length; from += SLICE_BYTES) {
      const slice = chunk.subarray(from, from + SLICE_BYTES);
      this.take(this.framer.push(slice));
      this.read.offset += slice.length;
      yield shifted(this.packer.take(), this.start);
    }
  }

  end(): Packed {
    this.take(this.framer.end());
    return this.flush();
  }

  /** What waits for more, as it is. */
  flush(): Packed {
    return shifted(this.packer.flush(), this.start);
  }

  private take(frames: ReturnType<Framer["push"]>): void {
    for (const frame of frames) this.packer.add(frame);
    this.read.records += frames.length;
  }
}

/** Memory of pieces, used again and again: to get so much of it anew for each would cost as much as half of the reading. */
class Memory {
  private readonly free: ArrayBuffer[] = [];

  /** @returns at least so many bytes, whatever they hold. */
  take(length: number): Uint8Array<ArrayBuffer> {
    const found = this.free.pop();
    const enough = found !== undefined && found.byteLength >= length;
    return new Uint8Array(enough ? found : new ArrayBuffer(length));
  }

  give({ buffer }: Uint8Array<ArrayBuffer>): void {
    this.free.push(buffer);
  }
}

/** A segment, the rest of its last line, and then some. */
const ROOM_BYTES = SEGMENT_BYTES + 64 * 1024;

/** Cuts a stream behind line ends into pieces of about a segment; the last one may lack its line end. Holds no chunk. */
async function* piecesOf(
  chunks: AsyncIterable<Uint8Array>,
  memory: Memory,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let room: Uint8Array<ArrayBuffer> = memory.take(ROOM_BYTES);
  let length = 0;
  let cut = performance.now();
  const add = (bytes: Uint8Array) => {
    if (length + bytes.length > room.length) {
      const grown = memory.take(Math.max(2 * room.length, length + bytes.length));
      grown.set(room.subarray(0, length));
      room = grown;
    }
    room.set(bytes, length);
    length += bytes.length;
  };
  const piece = () => {
    const bytes = room.subarray(0, length);
    [room, length] = [memory.take(ROOM_BYTES), 0];
    cut = performance.now();
    return bytes;
  };
  let failure: { error: unknown } | null = null;
  try {
    for await (const chunk of chunks) {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
      let start = 0;
      while (start < bytes.length) {
        const wanted = Math.max(SEGMENT_BYTES - length - 1, 0);
        const end = bytes.indexOf(LINE_FEED, start + wanted);
        const stop = end < 0 ? bytes.length : end + 1;
        add(bytes.subarray(start, stop));
        start = stop;
        if (end >= 0 || length > MAX_PIECE_BYTES) yield piece();
      }
      // What only trickles in does not wait for a whole piece.
      if (length > 0 && bytes.at(-1) === LINE_FEED && performance.now() - cut > WAIT_MS) yield piece();
      giveBack(chunk);
    }
  } catch (error) {
    failure = { error };
  }
  if (length > 0) yield piece();
  if (failure !== null) throw failure.error;
}

async function* chained(
  first: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

async function* sequential(
  chunks: AsyncIterable<Uint8Array>,
  reading: Reading,
  start: Start,
): AsyncGenerator<Packed> {
  const reader = new Sequential(reading, start);
  const failures: unknown[] = [];
  try {
    for await (const chunk of chunks) yield* reader.push(chunk);
  } catch (error) {
    failures.push(error);
  }
  // What came before a failure is read to its end.
  yield reader.end();
  if (failures.length > 0) throw failures[0];
}

/** Reads pieces by threads as long as each can be read by itself. */
async function* parallel(
  chunks: AsyncIterable<Uint8Array>,
  reading: Reading,
  begun: Start,
): AsyncGenerator<Packed> {
  const start = { ...begun };
  const settings: PieceSettings = { source: reading.source, format: reading.adapter?.format ?? null };
  const pool = await Pool.start<Uint8Array<ArrayBuffer>, PieceResult>("piece-thread", settings);
  const memory = new Memory();
  const pieces = piecesOf(chunks, memory);
  const under: Promise<PieceResult>[] = [];
  /** The next piece, once it has been asked for; null when there is none. */
  let coming: Promise<Uint8Array<ArrayBuffer> | null> | null = null;
  let open = true;
  const failures: unknown[] = [];
  /** An input that fails ends there: what came before is told of first. */
  const ended = (error: unknown) => {
    failures.push(error);
    return null;
  };
  try {
    while (open || under.length > 0) {
      if (open && under.length < pool.ahead)
        coming ??= pieces.next().then(({ value }) => value ?? null, ended);
      // Whichever is there first: what has been read is not held back by an input that is slow to come.
      const [first] = under;
      const ready = await Promise.race([
        ...(coming === null ? [] : [coming.then((piece) => ({ piece }))]),
        ...(first === undefined ? [] : [first.then((result) => ({ result }))]),
      ]);
      if ("piece" in ready) {
        coming = null;
        if (ready.piece === null) open = false;
        else under.push(pool.ask(ready.piece, [ready.piece.buffer]));
      } else {
        const { result } = ready;
        under.shift();
        if (result.records === null) {
          yield* sequential(restOf(result.piece, under, coming, pieces, failures), reading, start);
          return;
        }
        yield shifted(result, start);
        start.records += result.records;
        start.offset += result.piece.length;
        if (result.piece.buffer.byteLength === ROOM_BYTES) memory.give(result.piece);
      }
    }
    if (failures.length > 0) throw failures[0];
  } finally {
    await pool.close();
  }
}

/** The bytes from a piece on: those that threads have, and those that are still to come. */
async function* restOf(
  piece: Uint8Array,
  under: readonly Promise<PieceResult>[],
  coming: Promise<Uint8Array | null> | null,
  pieces: AsyncIterator<Uint8Array>,
  failures: readonly unknown[],
): AsyncGenerator<Uint8Array> {
  yield piece;
  for (const result of under) yield (await result).piece;
  const next = await coming;
  if (next !== null) yield next;
  yield* chained([], pieces);
  if (failures.length > 0) throw failures[0];
}

/**
 * @param chunks plain bytes in UTF-8, of any layout that `frames` knows.
 * @returns segments and rejected records as they are made; positions are the stream's.
 * @throws what `chunks` throws, after all that came before.
 */
export async function* packJson(chunks: AsyncIterable<Uint8Array>, reading: Reading): AsyncGenerator<Packed> {
  const input = chunks[Symbol.asyncIterator]();
  const reader = new Sequential(reading, { records: 0, offset: 0 });
  let failure: { error: unknown } | null = null;
  try {
    for (;;) {
      let next: IteratorResult<Uint8Array>;
      try {
        next = await input.next();
      } catch (error) {
        failure = { error };
        break;
      }
      if (next.done === true) break;
      const chunk = next.value;
      const cut = reader.read.offset < FIRST_BYTES ? 0 : chunk.lastIndexOf(LINE_FEED) + 1;
      if (cut > 0) {
        yield* reader.push(chunk.subarray(0, cut));
        if (reader.idle) {
          yield reader.flush();
          yield* parallel(chained([chunk.subarray(cut)], input), reading, reader.read);
          return;
        }
      }
      yield* reader.push(chunk.subarray(cut));
    }
    yield reader.end();
    if (failure !== null) throw failure.error;
  } finally {
    await input.return?.();
  }
}
