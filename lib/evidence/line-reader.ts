/** The lines of a source's records, made a little ahead of whoever writes them. */
import type { StoredRecord } from "../../db/log/read-records.ts";
import type { Lines } from "./lines.ts";

/** Batches whose lines are made at once: some megabytes. */
const AHEAD = 4;

/** Nobody waits for it any more, should it fail. */
const unheard = () => {};

export class LineReader {
  private readonly batches: AsyncIterator<readonly StoredRecord[]>;
  private readonly under: Promise<Lines>[] = [];
  private ended = false;
  private lines: Lines | null = null;
  /** The next of these lines. */
  private at = 0;

  /** @param make the lines of a batch; it is called in the order of the batches. */
  constructor(
    batches: AsyncIterable<readonly StoredRecord[]>,
    private readonly make: (records: readonly StoredRecord[]) => Promise<Lines>,
  ) {
    this.batches = batches[Symbol.asyncIterator]();
  }

  /** Waits for the next line. @returns whether there is one. */
  async more(): Promise<boolean> {
    while (this.lines === null || this.at === this.lines.ends.length) {
      while (!this.ended && this.under.length < AHEAD) {
        const next = await this.batches.next();
        if (next.done) this.ended = true;
        else {
          const lines = this.make(next.value);
          lines.catch(unheard);
          this.under.push(lines);
        }
      }
      const first = this.under.shift();
      if (first === undefined) return false;
      [this.lines, this.at] = [await first, 0];
    }
    return true;
  }

  /**
   * The lines at hand, up to and with the one that reaches so many characters.
   * @returns `characters` and number of lines; nothing when {@link more} has to be asked first.
   */
  take(room: number): { text: Uint8Array; count: number; characters: number } {
    const { lines, at: first } = this;
    if (lines === null) return { text: new Uint8Array(), count: 0, characters: 0 };
    let characters = 0;
    while (this.at < lines.ends.length && characters < room) characters += lines.characters[this.at++] ?? 0;
    const text = lines.text.subarray(lines.ends[first - 1] ?? 0, lines.ends[this.at - 1] ?? 0);
    return { text, count: this.at - first, characters };
  }

  async close(): Promise<void> {
    await this.batches.return?.();
  }
}
