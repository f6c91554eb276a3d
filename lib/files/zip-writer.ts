/** Writes files one after another into a sealed zip, with the hash of each, in memory that does not grow. */
import { createHash } from "node:crypto";
import { Readable, type Writable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import { type Sealed, sealing, unsealedComment } from "./seal.ts";

/** Bytes gathered before they go to the compressor: each piece costs a trip to a thread. */
const CHUNK_BYTES = 64 * 1024;

/** Noon of the first day that zip can name, in local time as yazl writes it: the same bytes whenever and wherever. */
const FIXED = { mtime: new Date(1980, 0, 1, 12), mode: 0o100644, forceDosTimestamp: true };

interface WrittenFile {
  bytes: number;
  sha256: string;
}

/** What a file is made of: text or bytes, in pieces of any size. */
type Pieces = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

async function* chunksOf(pieces: Pieces): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    const bytes = typeof piece === "string" ? Buffer.from(piece) : piece;
    held.push(bytes);
    length += bytes.length;
    if (length < CHUNK_BYTES) continue;
    yield Buffer.concat(held);
    held = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(held);
}

/** How hard to compress, from 0 (not at all) to 9. */
const USUAL_LEVEL = 6;

/** A zip on its way to `target`. Call `add` for each file, await it, then `end`; `abandon` when anything went wrong. */
export class ZipWriter {
  private readonly zip = new ZipFile();
  private readonly failure = new AbortController();
  private readonly done: Promise<void>;

  constructor(
    target: Writable,
    private readonly what: Sealed,
  ) {
    this.done = pipeline(this.zip.outputStream, sealing(), target, { signal: this.failure.signal });
    // A target that fails stops the file being read; whoever waits for that file is told why.
    this.done.catch((error: unknown) => this.failure.abort(error));
    this.zip.on("error", (error) => this.failure.abort(error));
  }

  /**
   * Writes one file and waits until it has been read to its end.
   * @param compressionLevel 0 for what is compressed already, up to 9.
   * @throws what the pieces threw, or what befell the target.
   */
  async add(path: string, pieces: Pieces, compressionLevel = USUAL_LEVEL): Promise<WrittenFile> {
    this.failure.signal.throwIfAborted();
    const hash = createHash("sha256");
    let bytes = 0;
    async function* hashed() {
      for await (const chunk of chunksOf(pieces)) {
        hash.update(chunk);
        bytes += chunk.length;
        yield chunk;
      }
    }
    const content = Readable.from(hashed(), { objectMode: false, signal: this.failure.signal });
    this.zip.addReadStreamLazy(path, { ...FIXED, compressionLevel }, (give) => give(null, content));
    await finished(content).catch((error: unknown) => {
      this.failure.signal.throwIfAborted();
      throw error;
    });
    return { bytes, sha256: hash.digest("hex") };
  }

  /** Seals the zip and waits until the target has all of it. */
  async end(manifestSha256: string): Promise<void> {
    this.zip.end({ comment: unsealedComment(this.what, manifestSha256), forceZip64Format: false });
    await this.done;
  }

  /** Gives the zip up: destroys the target with the reason, and waits until nothing is written any more. */
  async abandon(reason: unknown): Promise<void> {
    this.failure.abort(reason);
    await this.done.catch(() => {});
  }
}
