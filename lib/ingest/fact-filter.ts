/** Leaves out the link facts that were said before: nearly all of them, since a person's records all say the same. */
import { type LinkFact, linkFactsOf, linkKeyOf } from "../lifecycle/refs.ts";
import type { NormalEvent } from "./event.ts";

/** Some hundred bytes each: it forgets all of them rather than grow past a few dozen megabytes, and they are told once more. */
const MAX_KEYS = 100_000;

export class FactFilter {
  /** The earliest time at which an event of that key was let through. */
  private readonly told = new Map<string, number>();

  /** The facts of the events that are new, or were known from a later time only. */
  fresh(events: readonly NormalEvent[], source: string): LinkFact[] {
    const facts: LinkFact[] = [];
    for (const event of events) {
      const key = linkKeyOf(event, source);
      const known = this.told.get(key);
      if (known !== undefined && known <= event.at) continue;
      if (this.told.size >= MAX_KEYS) this.told.clear();
      this.told.set(key, event.at);
      facts.push(...linkFactsOf(event, source));
    }
    return facts;
  }
}
