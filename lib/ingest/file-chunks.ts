/** A file in large chunks whose memory serves again: to wait until it is collected would cost as much as all else that is read. */
import { open } from "node:fs/promises";

const CHUNK_BYTES = 1024 * 1024;

/** Chunks of files that were not given back. */
const lent = new WeakSet<Uint8Array>();
const free: Uint8Array<ArrayBuffer>[] = [];

/** More than this are not kept: no more are in use at once by one ingest. */
const MAX_FREE = 4;

/** The bytes of a file. @throws when it can't be read. */
export async function* fileChunks(file: string): AsyncGenerator<Uint8Array> {
  const handle = await open(file);
  try {
    for (;;) {
      const room = free.pop() ?? new Uint8Array(new ArrayBuffer(CHUNK_BYTES));
      const { bytesRead } = await handle.read(room, 0, CHUNK_BYTES);
      if (bytesRead === 0) {
        if (free.length < MAX_FREE) free.push(room);
        return;
      }
      const chunk = room.subarray(0, bytesRead);
      lent.add(chunk);
      yield chunk;
    }
  } finally {
    await handle.close();
  }
}

/**
 * Says that nobody needs a chunk any more, nor any part of it. It is never wrong to leave that out; other bytes than a
 * whole chunk of a file are left alone.
 */
export function giveBack(chunk: Uint8Array): void {
  if (lent.delete(chunk) && free.length < MAX_FREE) free.push(new Uint8Array(chunk.buffer as ArrayBuffer));
}
