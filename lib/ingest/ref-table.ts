/** Which parts the records of a ref go to: a few bytes for each ref, in memory that all threads read. */
import { refHash } from "../../db/log/segment.ts";

/** Parts there may be. */
export const MAX_PARTS = 2 ** 16;

/** Keys in their order: a ref's hash, then a part. Refs of one hash share their parts. */
export type RefTable = Float64Array;

export class RefTableMaker {
  private keys = new Float64Array(1024);
  private used = 0;

  add(ref: string, part: number): void {
    if (this.used === this.keys.length) {
      const grown = new Float64Array(2 * this.keys.length);
      grown.set(this.keys);
      this.keys = grown;
    }
    this.keys[this.used++] = (refHash(ref) >>> 0) * MAX_PARTS + part;
  }

  /** The table. To be called once. */
  end(): RefTable {
    const sorted = this.keys.subarray(0, this.used).sort();
    const once = sorted.filter((key, i) => key !== sorted[i - 1]);
    const table = new Float64Array(new SharedArrayBuffer(once.byteLength));
    table.set(once);
    return table;
  }
}

/** The parts of a ref: each once; none where nothing is known of it. */
export function partsOf(table: RefTable, ref: string): number[] {
  const first = (refHash(ref) >>> 0) * MAX_PARTS;
  let low = 0;
  let high = table.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((table[middle] as number) < first) low = middle + 1;
    else high = middle;
  }
  const parts: number[] = [];
  for (; low < table.length; low++) {
    const part = (table[low] as number) - first;
    if (part >= MAX_PARTS) break;
    parts.push(part);
  }
  return parts;
}
