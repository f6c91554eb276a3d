/** The part of the stream that is held in memory, and the count of the lines before it. All offsets are the stream's. */

const NEWLINE = 0x0a;

/** Blocks are written once and never moved, so that frames can be views of them; large enough that copying the rest is rare. */
const BLOCK_BYTES = 1024 * 1024;

export class Window {
  private block: Buffer = Buffer.alloc(0);
  private used = 0;
  /** The bytes held; the first stands at `base` in the stream. */
  view: Buffer = this.block;
  base = 0;
  /** Line of the place that `moveTo` went to, from 1, and the offset at which that line starts. */
  line = 1;
  lineStart = 0;
  /** The first newline from `lineStart` on, where one was found; before `searched` there is no other. */
  private newline = -1;
  private searched = 0;

  /** Offset just after the last byte held. */
  get end(): number {
    return this.base + this.used;
  }

  /** Adds bytes; what stands before `keepFrom` may be let go. */
  append(bytes: Uint8Array, keepFrom: number): void {
    if (this.used + bytes.length > this.block.length) {
      this.moveTo(keepFrom);
      const kept = this.view.subarray(keepFrom - this.base);
      // What comes in one piece, as most that is sent does, takes no more than its own room.
      const least = this.block.length === 0 ? 0 : BLOCK_BYTES;
      // Twice what is kept: a long record is then copied a constant number of times, however small the chunks.
      const size = Math.max(least, 2 * kept.length + bytes.length);
      this.block = Buffer.allocUnsafeSlow(size);
      this.block.set(kept);
      this.used = kept.length;
      this.base = keepFrom;
    }
    this.block.set(bytes, this.used);
    this.used += bytes.length;
    this.view = this.block.subarray(0, this.used);
  }

  slice(start: number, end: number): Buffer {
    return this.view.subarray(start - this.base, end - this.base);
  }

  /** Counts the lines up to an offset, which is never before the one of the last call. */
  moveTo(offset: number): void {
    for (let end = this.lineEnd(); end >= 0 && end < offset; end = this.lineEnd()) {
      this.line += 1;
      this.lineStart = end + 1;
    }
  }

  /** Offset of the newline that ends the line of the last `moveTo`, or -1 while none is held. Looks at each byte once. */
  lineEnd(): number {
    if (this.newline < this.lineStart) {
      const found = this.view.indexOf(NEWLINE, Math.max(this.searched, this.lineStart) - this.base);
      this.newline = found < 0 ? -1 : this.base + found;
      this.searched = found < 0 ? this.end : this.newline + 1;
    }
    return this.newline;
  }
}
