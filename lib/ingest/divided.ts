/** Text divided into parts, in a fixed amount of memory: what does not fit goes to a file, and is read back part by part. */
import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What is held at most before it goes to the file; twice as much while it goes there. */
const HELD_BYTES = 8 * 1024 * 1024;

/** So many pieces of a part are read from the file at once: Node reads by four threads. */
const READS = 8;

/** A piece of a part in the file. */
interface Piece {
  at: number;
  length: number;
}

/** Hands out what was added to each part, in the order in which it was added. */
export class Divided {
  private held = Buffer.alloc(0);
  private used = 0;
  /** The part that each held piece belongs to, and where the piece ends. */
  private parts: number[] = [];
  private ends: number[] = [];
  private readonly stored: Piece[][];
  private spilling = Buffer.alloc(0);
  private file: FileHandle | null = null;
  private folder: string | null = null;
  private size = 0;

  constructor(readonly count: number) {
    this.stored = Array.from({ length: count }, () => []);
  }

  /** Whether it is time to {@link spill}. */
  get full(): boolean {
    return this.used > HELD_BYTES;
  }

  add(part: number, text: string): void {
    // A character of JavaScript takes three bytes at most.
    this.room(text.length * 3);
    this.used += this.held.write(text, this.used);
    this.mark(part, this.used);
  }

  /** Adds pieces that lie end to end. */
  addAll(bytes: Uint8Array, parts: readonly number[], ends: readonly number[]): void {
    const start = this.used;
    this.room(bytes.length);
    this.held.set(bytes, start);
    this.used += bytes.length;
    parts.forEach((part, i) => {
      this.mark(part, start + (ends[i] as number));
    });
  }

  /** Takes what is held to the file. */
  async spill(): Promise<void> {
    if (this.file === null) {
      // It holds people's data: it is this user's alone, and gone with this process, however that ends.
      this.folder = await mkdtemp(join(tmpdir(), "rollcall-divided-"));
      this.file = await open(join(this.folder, "parts"), "wx+", 0o600);
      // Where a file that is open can't be removed, `close` does it.
      await rm(this.folder, { recursive: true, force: true }).catch(() => {});
    }
    if (this.spilling.length < this.used) this.spilling = Buffer.allocUnsafeSlow(this.held.length);
    const starts = this.sorted(this.spilling);
    await writeAll(this.file, this.spilling.subarray(0, this.used), this.size);
    for (let part = 0; part < this.count; part++) {
      const [at, end] = [starts[part] as number, starts[part + 1] as number];
      if (end > at) this.stored[part]?.push({ at: this.size + at, length: end - at });
    }
    this.size += this.used;
    this.clear();
  }

  /** The parts that hold anything, each in memory of its own. To be called once, when all has been added. */
  async *all(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    // From one place: first what is held, then only the file.
    const held = Buffer.allocUnsafeSlow(this.used);
    const starts = this.sorted(held);
    this.clear();
    this.held = Buffer.alloc(0);
    this.spilling = Buffer.alloc(0);
    for (let part = 0; part < this.count; part++) {
      const pieces = this.stored[part] as Piece[];
      const last = held.subarray(starts[part], starts[part + 1]);
      const length = pieces.reduce((sum, piece) => sum + piece.length, last.length);
      if (length === 0) continue;
      const bytes = new Uint8Array(new ArrayBuffer(length));
      await this.read(pieces, bytes);
      bytes.set(last, length - last.length);
      yield bytes;
    }
  }

  /** Removes the file; to be called whatever happened. */
  async close(): Promise<void> {
    await this.file?.close();
    if (this.folder !== null) await rm(this.folder, { recursive: true, force: true });
  }

  private async read(pieces: readonly Piece[], into: Uint8Array): Promise<void> {
    let to = 0;
    for (let i = 0; i < pieces.length; i += READS) {
      const some = pieces.slice(i, i + READS).map((piece) => {
        const start = to;
        to += piece.length;
        return readAll(this.file as FileHandle, into.subarray(start, to), piece.at);
      });
      await Promise.all(some);
    }
  }

  /** Puts the held pieces into another place in the order of their parts. @returns where each part begins; and its end. */
  private sorted(into: Buffer): Float64Array {
    const starts = new Float64Array(this.count + 1);
    let from = 0;
    this.parts.forEach((part, i) => {
      const end = this.ends[i] as number;
      starts[part + 1] = (starts[part + 1] as number) + end - from;
      from = end;
    });
    for (let part = 0; part < this.count; part++)
      starts[part + 1] = (starts[part + 1] as number) + (starts[part] as number);
    const next = starts.slice();
    from = 0;
    this.parts.forEach((part, i) => {
      const end = this.ends[i] as number;
      const to = next[part] as number;
      this.held.copy(into, to, from, end);
      next[part] = to + end - from;
      from = end;
    });
    return starts;
  }

  private mark(part: number, end: number): void {
    this.parts.push(part);
    this.ends.push(end);
  }

  private clear(): void {
    this.used = 0;
    this.parts.length = 0;
    this.ends.length = 0;
  }

  private room(bytes: number): void {
    const wanted = this.used + bytes;
    if (wanted <= this.held.length) return;
    // Grows fast, but not past what it may hold.
    const roomy = Math.min(Math.max(4 * this.held.length, 64 * 1024), HELD_BYTES + 1024 * 1024);
    const grown = Buffer.allocUnsafeSlow(Math.max(wanted, roomy));
    this.held.copy(grown, 0, 0, this.used);
    this.held = grown;
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
  }
}

async function readAll(file: FileHandle, into: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < into.length; ) {
    const { bytesRead } = await file.read(into, done, into.length - done, at + done);
    if (bytesRead === 0) throw new Error("The file of parts is shorter than what was written to it.");
    done += bytesRead;
  }
}
