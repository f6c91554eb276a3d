/** The records of a segment, divided into the parts to which their refs go. */
import type { LogSegment } from "../../db/log/read.ts";
import { eachRecord, fingerprintAt } from "../../db/log/segment.ts";
import { partsOf, type RefTable } from "./ref-table.ts";
import { recordLine } from "./subject-lines.ts";

/** Lines end to end, each with the part that it goes to and where it ends. */
export interface DividedLines {
  bytes: Uint8Array<ArrayBuffer>;
  parts: number[];
  ends: number[];
}

/** The parts of all refs of a record, each once. */
function partsOfAll(table: RefTable, refs: readonly (string | null)[]): readonly number[] {
  if (refs.length === 1) return partsOf(table, refs[0] ?? "");
  return [...new Set(refs.flatMap((ref) => (ref === null ? [] : partsOf(table, ref))))];
}

/**
 * @param memory where the lines are put, when there is room enough.
 * @returns the records that a part wants. Of refs that only look alike (`refHash`) it gets them too.
 */
export function divide(
  table: RefTable,
  { source, normal, hashes }: Omit<LogSegment, "segment">,
  memory: ArrayBuffer = new ArrayBuffer(0),
): DividedLines {
  let room = Buffer.from(memory);
  let used = 0;
  const [parts, ends]: [number[], number[]] = [[], []];
  // Most refs come again and again within a segment, and are then the very same list.
  const known = new Map<readonly (string | null)[], { parts: readonly number[]; text: string }>();
  eachRecord(normal, (position, _length, refs, encoded) => {
    let own = known.get(refs);
    if (own === undefined) {
      own = { parts: partsOfAll(table, refs), text: JSON.stringify(refs) };
      known.set(refs, own);
    }
    if (own.parts.length === 0) return;
    const line = recordLine(source, fingerprintAt(hashes, position), own.text, encoded);
    for (const part of own.parts) {
      // A character of JavaScript takes three bytes at most.
      if (used + line.length * 3 > room.length) {
        const grown = Buffer.from(new ArrayBuffer(2 * room.length + line.length * 3));
        room.copy(grown, 0, 0, used);
        room = grown;
      }
      used += room.write(line, used);
      parts.push(part);
      ends.push(used);
    }
  });
  return { bytes: new Uint8Array(room.buffer, 0, used), parts, ends };
}
