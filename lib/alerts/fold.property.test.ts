/** Raising and resolving, on whatever rules find, in whatever order and with whatever is cut off. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Condition } from "./condition.ts";
import type { AlertRule } from "./contract.ts";
import { fold, type OpenAlert } from "./fold.ts";

const RULES: AlertRule[] = ["sla", "quarantine", "uncovered"];
const SUBJECTS = ["a", "b", "c"];

const condition: fc.Arbitrary<Condition> = fc.record({
  rule: fc.constantFrom(...RULES),
  subject: fc.constantFrom(...SUBJECTS),
  what: fc.constantFrom("few", "many"),
  link: fc.constant("/x"),
  since: fc.nat(5),
  quiet: fc.boolean(),
});

/** A round: what is found, again in another order, and how often the round is cut off before it is written down. */
const round = fc.array(condition, { maxLength: 8 }).chain((found) =>
  fc.record({
    found: fc.constant(found),
    again: fc.shuffledSubarray(found, { minLength: found.length }),
    cut: fc.nat(2),
  }),
);

interface Stored extends OpenAlert {
  what: string;
  resolved: boolean;
}

/** What the database keeps. */
class Kept {
  readonly rows: Stored[] = [];

  /** One transaction. */
  look(conditions: readonly Condition[]): void {
    const { raise, again, resolve } = fold(
      this.rows.filter(({ resolved }) => !resolved),
      conditions,
    );
    for (const { rule, subject, what } of raise)
      this.rows.push({ alert: this.rows.length + 1, rule, subject, what, resolved: false });
    for (const row of this.rows) {
      row.what = again.find(({ alert }) => alert === row.alert)?.what ?? row.what;
      row.resolved ||= resolve.includes(row.alert);
    }
  }
}

/** By the definition: a thing is raised when it is found, not quiet and not open; it is open until it is found no longer. */
function raisedBy(rounds: readonly (readonly Condition[])[], rule: AlertRule, subject: string) {
  let raised = 0;
  let open = false;
  for (const conditions of rounds) {
    const own = conditions.filter((one) => one.rule === rule && one.subject === subject);
    if (own.length === 0) open = false;
    else if (!open && own.some(({ quiet }) => !quiet)) {
      open = true;
      raised++;
    }
  }
  return { raised, open };
}

describe("the fold of alerts", () => {
  it("raises each thing once from when it is found until it is found no longer, and misses none", () => {
    fc.assert(
      fc.property(fc.array(round, { maxLength: 8 }), (rounds) => {
        const kept = new Kept();
        for (const { found } of rounds) kept.look(found);
        for (const rule of RULES)
          for (const subject of SUBJECTS) {
            const own = kept.rows.filter((row) => row.rule === rule && row.subject === subject);
            const open = own.filter(({ resolved }) => !resolved);
            const expected = raisedBy(
              rounds.map(({ found }) => found),
              rule,
              subject,
            );
            expect(own).toHaveLength(expected.raised);
            expect(open).toHaveLength(expected.open ? 1 : 0);
          }
      }),
    );
  });

  it("is the same in any order, when it is looked again, and when a round is cut off and run anew", () => {
    fc.assert(
      fc.property(fc.array(round, { maxLength: 8 }), (rounds) => {
        const [straight, disturbed] = [new Kept(), new Kept()];
        const keys = ({ rows }: Kept) =>
          rows.map(({ rule, subject, resolved }) => `${rule} ${subject} ${resolved}`).sort();
        for (const { found, again, cut } of rounds) {
          straight.look(found);
          // What is worked out and not written down has changed nothing.
          for (let i = 0; i < cut; i++)
            fold(
              disturbed.rows.filter(({ resolved }) => !resolved),
              again,
            );
          disturbed.look(again);
          disturbed.look(found);
          expect(keys(disturbed)).toEqual(keys(straight));
        }
      }),
    );
  });

  it("has the oldest first, and keeps the words of now", () => {
    const one = (subject: string, since: number, what = "few"): Condition => ({
      ...{ rule: "sla", subject, what, link: "/x", since, quiet: false },
    });
    const { raise } = fold([], [one("b", 2), one("c", 1), one("a", 2)]);
    expect(raise.map(({ subject }) => subject)).toEqual(["c", "a", "b"]);
    const open = [{ alert: 7, rule: "sla" as const, subject: "a" }];
    expect(fold(open, [one("a", 2, "many")])).toEqual({
      raise: [],
      again: [{ alert: 7, what: "many" }],
      resolve: [],
    });
  });
});
