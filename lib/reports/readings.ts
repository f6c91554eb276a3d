/** When the accounts of each application were looked at: read over SCIM, or exported. Pure; taken a part of the people at a time. */
import type { AccountRow, ReadingFacts } from "../lifecycle/types.ts";

export interface Reading {
  how: "scim" | "export";
  startedAt: number;
  endedAt: number;
  complete: boolean;
  accounts: number | null;
  why: string | null;
  /** The event that says so; null of an export, whose rows say it together. */
  eventId: string | null;
}

/** An export that shows fewer of the accounts than this share of what the one before showed is a part of it. */
const PART = 0.5;

export class ReadingsTaker {
  private readonly readings = new Map<string, Reading[]>();
  private readonly exports = new Map<string, Map<number, number>>();

  take(accounts: readonly AccountRow[], readings: readonly ReadingFacts[]): void {
    for (const { application, users, groups: _, ...reading } of readings)
      this.own(application).push({ how: "scim", accounts: users, ...reading });
    for (const { application, exports = [] } of accounts) {
      const times = this.exports.get(application) ?? new Map<number, number>();
      for (const at of exports) times.set(at, (times.get(at) ?? 0) + 1);
      if (times.size > 0) this.exports.set(application, times);
    }
  }

  private own(application: string): Reading[] {
    const own = this.readings.get(application) ?? [];
    this.readings.set(application, own);
    return own;
  }

  /** Of each application, in order of time. To be asked for once, when all have been taken. */
  result(): ReadonlyMap<string, readonly Reading[]> {
    for (const [application, times] of this.exports) {
      let before = 0;
      for (const [at, accounts] of [...times].sort(([a], [b]) => a - b)) {
        const complete = accounts >= before * PART;
        this.own(application).push({
          how: "export",
          startedAt: at,
          endedAt: at,
          complete,
          accounts,
          why: complete
            ? null
            : `It shows ${accounts} accounts, the one before ${before}: it looks like a part.`,
          eventId: null,
        });
        if (complete) before = accounts;
      }
    }
    for (const own of this.readings.values())
      own.sort((a, b) => a.startedAt - b.startedAt || a.endedAt - b.endedAt);
    return this.readings;
  }
}
