/** Which subject an event belongs to, by the refs' holdings and their spans of time. */
import { decodeEvents } from "../../db/log/codec.ts";
import type { LogLine } from "../../db/log/read.ts";
import type { Holding } from "../lifecycle/linking.ts";

export class Subjects {
  constructor(private readonly holdings: ReadonlyMap<string, readonly Holding[]>) {}

  /** @returns null for a ref that nobody holds then. */
  of(ref: string, at: number): string | null {
    const own = this.holdings.get(ref);
    const holding = own?.find(({ from, to }) => (from === null || at >= from) && (to === null || at < to));
    return holding?.subject ?? null;
  }

  /** For each subject that a record has events of: which ones. */
  ofLine({ refs, encoded }: Pick<LogLine, "refs" | "encoded">): Map<string, number[]> {
    const found = new Map<string, number[]>();
    let times: number[] | null = null;
    refs.forEach((ref, ordinal) => {
      if (ref === null) return;
      const own = this.holdings.get(ref);
      if (own === undefined) return;
      let subject = own[0]?.subject ?? null;
      // Nearly every ref stands for one subject for all time: only else the record has to be opened.
      if (own.length > 1 || own[0]?.from !== null || own[0]?.to !== null) {
        times ??= decodeEvents(encoded).map((event) => event.at);
        subject = this.of(ref, times[ordinal] as number);
      }
      if (subject === null) return;
      found.set(subject, [...(found.get(subject) ?? []), ordinal]);
    });
    return found;
  }
}
