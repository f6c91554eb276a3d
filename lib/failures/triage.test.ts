import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { standing, TRIAGE_VERBS, type TriageEntry, type TriageItem, triage } from "./triage.ts";

let made = 0;

const entry = (verb: TriageEntry["verb"], at: number, more: Partial<TriageEntry> = {}): TriageEntry => ({
  decision: ++made,
  at,
  by: "Ada",
  verb,
  until: null,
  owner: null,
  note: null,
  undoes: null,
  ...more,
});

const failing = (openSince: number, lastSeen = openSince, firstSeen = openSince): TriageItem => ({
  firstSeen,
  lastSeen,
  openSince,
});
const mended = (firstSeen: number, lastSeen = firstSeen): TriageItem => ({
  firstSeen,
  lastSeen,
  openSince: null,
});

describe("what holds of a failure group", () => {
  it("is open while nobody has decided, and resolved when all is mended, whatever was decided", () => {
    expect(triage([], [failing(10)], 100)).toEqual({
      state: "open",
      until: null,
      assignment: null,
      notes: [],
      newSince: 0,
    });
    expect(triage([], [mended(10)], 100).state).toBe("resolved");
    expect(triage([entry("acknowledge", 20)], [mended(10)], 100).state).toBe("resolved");
    expect(triage([entry("reopen", 20)], [mended(10)], 100).state).toBe("resolved");
  });

  it("stays acknowledged when it fails again, and says how many did", () => {
    const acknowledged = entry("acknowledge", 20);
    expect(triage([acknowledged], [failing(10, 15)], 100)).toMatchObject({
      state: "acknowledged",
      newSince: 0,
    });
    expect(triage([acknowledged], [failing(10, 30)], 100)).toMatchObject({
      state: "acknowledged",
      newSince: 1,
    });
    expect(triage([acknowledged], [failing(10, 30), failing(40), mended(5, 50)], 100)).toMatchObject({
      state: "acknowledged",
      newSince: 2,
    });
  });

  it("is open again when what was acknowledged is mended and something fails anew", () => {
    const acknowledged = entry("acknowledge", 20);
    expect(triage([acknowledged], [failing(30, 30, 10)], 100)).toMatchObject({ state: "open", newSince: 1 });
    expect(triage([acknowledged], [mended(10), failing(30)], 100).state).toBe("open");
  });

  it("is snoozed up to its time and not at it", () => {
    const snoozed = entry("snooze", 20, { until: 50 });
    expect(triage([snoozed], [failing(10)], 49)).toMatchObject({ state: "snoozed", until: 50 });
    expect(triage([snoozed], [failing(10)], 50)).toMatchObject({ state: "open", until: null });
  });

  it("wakes when somebody else fails; more failures of the same do not wake it", () => {
    const snoozed = entry("snooze", 20, { until: 50 });
    expect(triage([snoozed], [failing(10, 30)], 40)).toMatchObject({ state: "snoozed", newSince: 1 });
    expect(triage([snoozed], [failing(10), failing(30)], 40)).toMatchObject({ state: "open", newSince: 1 });
    // Also when that one was mended meanwhile: the cause spreads.
    expect(triage([snoozed], [failing(10), mended(30)], 40)).toMatchObject({ state: "open", newSince: 0 });
    expect(triage([snoozed], [failing(10), failing(20)], 40).state).toBe("snoozed");
  });

  it("after a snooze is open, also when it had been acknowledged before", () => {
    const decisions = [entry("acknowledge", 15), entry("snooze", 20, { until: 50 })];
    expect(triage(decisions, [failing(10)], 60).state).toBe("open");
  });

  it("knows its owner and its notes apart from its state", () => {
    const decisions = [
      entry("assign", 12, { owner: "ada" }),
      entry("note", 13, { note: "asked the vendor" }),
      entry("acknowledge", 14),
    ];
    expect(triage(decisions, [failing(10)], 100)).toMatchObject({
      state: "acknowledged",
      assignment: { owner: "ada" },
      notes: [{ note: "asked the vendor" }],
    });
    const freed = [...decisions, entry("assign", 15, { owner: null })];
    expect(triage(freed, [failing(10)], 100).assignment).toBeNull();
    expect(triage(freed, [failing(10)], 14).assignment?.owner).toBe("ada");
  });

  it("takes back one decision and leaves what others decided since", () => {
    const first = entry("acknowledge", 11);
    const second = entry("snooze", 12, { until: 90 });
    const undo = entry("undo", 13, { undoes: first.decision });
    expect(triage([first, second, undo], [failing(10)], 50).state).toBe("snoozed");
    const both = [first, second, undo, entry("undo", 14, { undoes: second.decision })];
    expect(triage(both, [failing(10)], 50).state).toBe("open");
    // Taking back an undo brings the decision back.
    const again = [first, undo, entry("undo", 15, { undoes: undo.decision })];
    expect(triage(again, [failing(10)], 50).state).toBe("acknowledged");
  });
});

const moment = fc.integer({ min: 0, max: 60 });
const someItem: fc.Arbitrary<TriageItem> = fc
  .tuple(moment, moment, moment, fc.boolean())
  .map(([a, b, c, open]) => {
    const [firstSeen = 0, openSince = 0, lastSeen = 0] = [a, b, c].sort((x, y) => x - y);
    return { firstSeen, lastSeen, openSince: open ? openSince : null };
  });

/** Decisions in the order of time, as the database numbers them; an undo names an earlier one. */
const someEntries: fc.Arbitrary<TriageEntry[]> = fc
  .array(
    fc.record({
      verb: fc.constantFrom(...TRIAGE_VERBS),
      after: fc.integer({ min: 0, max: 8 }),
      lasts: fc.integer({ min: 1, max: 40 }),
      pick: fc.nat(),
      owner: fc.constantFrom("ada", "bob", null),
    }),
    { maxLength: 12 },
  )
  .map((steps) => {
    let at = 0;
    return steps.map(({ verb, after, lasts, pick, owner }, i) => {
      at += after;
      const undo = verb === "undo" && i > 0;
      return {
        decision: i + 1,
        at,
        by: "Ada",
        verb: verb === "undo" && !undo ? "note" : verb,
        until: verb === "snooze" ? at + lasts : null,
        owner: verb === "assign" ? owner : null,
        note: verb === "note" ? `note ${i}` : null,
        undoes: undo ? 1 + (pick % i) : null,
      };
    });
  });

describe("for any decisions and failures", () => {
  const items = fc.array(someItem, { maxLength: 6 });

  it("the order in which entries and items are read says nothing", () => {
    fc.assert(
      fc.property(someEntries, items, moment, fc.integer(), (entries, failures, asOf, seed) => {
        const shuffled = <T>(list: readonly T[]) =>
          list
            .map((one, i) => [Math.sin(seed + i * 7919), one] as const)
            .sort((a, b) => a[0] - b[0])
            .map(([, one]) => one);
        expect(triage(shuffled(entries), shuffled(failures), asOf)).toEqual(triage(entries, failures, asOf));
      }),
    );
  });

  it("a past moment is answered as it was then: later entries change nothing", () => {
    fc.assert(
      fc.property(someEntries, items, moment, (entries, failures, asOf) => {
        const then = entries.filter(({ at }) => at <= asOf);
        expect(triage(entries, failures, asOf)).toEqual(triage(then, failures, asOf));
      }),
    );
  });

  it("a decision and its undo leave what was before", () => {
    fc.assert(
      fc.property(someEntries, items, fc.constantFrom(...TRIAGE_VERBS), (entries, failures, verb) => {
        const last = entries.length + 1;
        const now = 1_000;
        const done = entry(verb === "undo" ? "note" : verb, now, { decision: last, until: now + 5 });
        const undone = entry("undo", now, { decision: last + 1, undoes: last });
        expect(triage([...entries, done, undone], failures, now)).toEqual(triage(entries, failures, now));
      }),
    );
  });

  it("resolved means that nothing is open, and nothing else does", () => {
    fc.assert(
      fc.property(someEntries, items, moment, (entries, failures, asOf) => {
        const { state, until } = triage(entries, failures, asOf);
        expect(state === "resolved").toBe(failures.every(({ openSince }) => openSince === null));
        expect(until !== null).toBe(state === "snoozed");
        if (until !== null) expect(until).toBeGreaterThan(asOf);
      }),
    );
  });

  it("nobody's silence: what is not open was decided by somebody, of failures of that time", () => {
    fc.assert(
      fc.property(someEntries, items, moment, (entries, failures, asOf) => {
        const { state } = triage(entries, failures, asOf);
        if (state === "open" || state === "resolved") return;
        const verb = state === "acknowledged" ? "acknowledge" : "snooze";
        const by = standing(entries, asOf).findLast((one) => one.verb === verb);
        expect(by).toBeDefined();
        expect(failures.some(({ openSince }) => openSince !== null && openSince <= (by?.at ?? -1))).toBe(
          true,
        );
      }),
    );
  });

  it("a new failure of somebody else ends every snooze, and no acknowledgement", () => {
    fc.assert(
      fc.property(someEntries, items, (entries, failures) => {
        const asOf = 100;
        const before = triage(entries, failures, asOf).state;
        const after = triage(entries, [...failures, failing(99)], asOf);
        const expected = { snoozed: "open", resolved: "open", open: "open", acknowledged: "acknowledged" };
        expect(after.state).toBe(expected[before]);
      }),
    );
  });
});
