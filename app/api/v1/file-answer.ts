/** A zip on the disk as an answer. */
import { createReadStream } from "node:fs";
import { bodyOf } from "../../../lib/runtime/body-of.ts";

/** @param file where it lies, how long it is, and what whoever fetches it gets it as. */
export const fileAnswer = (file: { path: string; bytes: number; name: string }): Response =>
  new Response(bodyOf(createReadStream(file.path)), {
    headers: {
      "content-type": "application/zip",
      "content-length": String(file.bytes),
      "content-disposition": `attachment; filename="${file.name}"`,
    },
  });
