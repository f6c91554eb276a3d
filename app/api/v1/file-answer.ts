/** A zip on the disk as an answer. */
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";

/** @param file where it lies, how long it is, and what whoever fetches it gets it as. */
export const fileAnswer = (file: { path: string; bytes: number; name: string }): Response =>
  new Response(Readable.toWeb(createReadStream(file.path)) as ReadableStream<Uint8Array<ArrayBuffer>>, {
    headers: {
      "content-type": "application/zip",
      "content-length": String(file.bytes),
      "content-disposition": `attachment; filename="${file.name}"`,
    },
  });
