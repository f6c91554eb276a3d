/** One of Node's decompressors, asked for its output by hand: their own iterators drop what they hold when they fail. */
import type { Transform } from "node:stream";

export class Expander {
  private output: Buffer[] = [];
  private wake = () => {};
  /** What the decompressor said against its input. */
  failure: NodeJS.ErrnoException | null = null;

  constructor(private readonly stream: Transform) {
    stream.on("data", (bytes: Buffer) => this.output.push(bytes));
    stream.on("end", () => this.wake());
    stream.on("error", (error) => {
      this.failure = error;
      this.wake();
    });
  }

  /** Whether the compressed data have ended: what is written after that is ignored. */
  get ended(): boolean {
    return this.stream.readableEnded;
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.step((done) => this.stream.write(bytes, done));
  }

  async end(): Promise<void> {
    await this.step(() => this.stream.end());
  }

  /** What came out since this was last asked. */
  taken(): Buffer[] {
    const bytes = this.output;
    this.output = [];
    return bytes;
  }

  destroy(): void {
    this.stream.destroy();
  }

  /** A stream that has ended or failed says nothing more. */
  private async step(start: (done: () => void) => void): Promise<void> {
    if (this.ended || this.failure !== null) return;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      start(resolve);
    });
  }
}
