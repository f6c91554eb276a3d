/** Which subject an event belongs to, by the refs' holdings and their spans of time. */
import { decodeTimes } from "../../db/log/codec.ts";
import type { Holding } from "../lifecycle/linking.ts";

export class Subjects {
  constructor(private readonly holdings: ReadonlyMap<string, readonly Holding[]>) {}

  /** @returns null for a ref that nobody holds then. */
  of(ref: string, at: number): string | null {
    const own = this.holdings.get(ref);
    const holding = own?.find(({ from, to }) => (from === null || at >= from) && (to === null || at < to));
    return holding?.subject ?? null;
  }

  /**
   * Whose a record is: one subject's, the usual case, with all of its events; or which of its events are whose; null where
   * nobody holds its refs.
   */
  ofRecord(refs: readonly (string | null)[], encoded: string): string | Map<string, number[]> | null {
    if (refs.length === 1) {
      const own = this.holdings.get(refs[0] ?? "");
      if (own === undefined) return null;
      // Nearly every ref stands for one subject for all time: only else the record has to be opened.
      if (own.length === 1 && own[0]?.from === null && own[0].to === null) return own[0].subject;
    }
    const found = new Map<string, number[]>();
    const times = decodeTimes(encoded);
    refs.forEach((ref, ordinal) => {
      const subject = ref === null ? null : this.of(ref, times[ordinal] as number);
      if (subject !== null) found.set(subject, [...(found.get(subject) ?? []), ordinal]);
    });
    return found;
  }
}
