/** Which subject an event belongs to, by the refs' holdings and their spans of time. */
import { decodeTimes } from "../../db/log/codec.ts";
import { groupBy } from "../lifecycle/group-by.ts";
import type { Holding } from "../lifecycle/linking.ts";

/** What of a holding says whose an event is. */
export type Held = Omit<Holding, "rule">;

export class Subjects {
  private constructor(private readonly holdings: ReadonlyMap<string, readonly Held[]>) {}

  static of(holdings: Iterable<Held>): Subjects {
    return new Subjects(groupBy(holdings, (holding) => holding.ref));
  }

  /** @returns null for a ref that nobody holds then. */
  of(ref: string, at: number): string | null {
    const own = this.holdings.get(ref);
    const holding = own?.find(({ from, to }) => (from === null || at >= from) && (to === null || at < to));
    return holding?.subject ?? null;
  }

  /** Whose a record is: one subject's, the usual case, with all of its events; or which of its events are whose. */
  ofRecord(refs: readonly (string | null)[], encoded: string): string | Map<string, number[]> {
    const found = new Map<string, number[]>();
    if (refs.length === 1) {
      const own = this.holdings.get(refs[0] ?? "");
      if (own === undefined) return found;
      // Nearly every ref stands for one subject for all time: only else the record has to be opened.
      if (own.length === 1 && own[0]?.from === null && own[0].to === null) return own[0].subject;
    }
    const times = decodeTimes(encoded);
    refs.forEach((ref, ordinal) => {
      const subject = ref === null ? null : this.of(ref, times[ordinal] as number);
      if (subject !== null) found.set(subject, [...(found.get(subject) ?? []), ordinal]);
    });
    return found;
  }
}
