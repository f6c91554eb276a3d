/** Sealed zips for tests: taken apart, and put together again in whatever broken way. */
import { PassThrough } from "node:stream";
import { buffer } from "node:stream/consumers";
import { fromBufferPromise } from "yauzl";
import type { Sealed } from "./seal.ts";
import { readEntry } from "./zip-reader.ts";
import { ZipWriter } from "./zip-writer.ts";

/** What `write` writes, as one buffer. */
export async function written(write: (target: PassThrough) => Promise<unknown>): Promise<Buffer> {
  const target = new PassThrough();
  const [bytes] = await Promise.all([buffer(target), write(target)]);
  return bytes;
}

/** The files of a zip, in its order. */
export async function unpacked(zip: Buffer): Promise<Map<string, Buffer>> {
  const reader = await fromBufferPromise(zip);
  const files = new Map<string, Buffer>();
  for await (const entry of reader.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of readEntry(reader, entry)) chunks.push(chunk);
    files.set(entry.fileName, Buffer.concat(chunks));
  }
  return files;
}

/** A zip of these files with a seal that fits them: what somebody makes who knows how such zips are made. */
export function packed(files: Iterable<readonly [string, string | Buffer]>, what: Sealed): Promise<Buffer> {
  return written(async (target) => {
    const zip = new ZipWriter(target, what);
    let manifest = "";
    for (const [path, content] of files) {
      const { sha256 } = await zip.add(path, [content]);
      if (path === "manifest.json") manifest = sha256;
    }
    await zip.end(manifest);
  });
}
