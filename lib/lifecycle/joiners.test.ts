import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LoggedEvent } from "../ingest/event.ts";
import { projectSubject } from "./project.ts";
import { ALICE, attempt, DAY, event, failed, HOUR, START, signIn } from "./testing.ts";

const at = (days: number) => START + Math.round(days * DAY);
const steps = (...events: LoggedEvent[]) => projectSubject(ALICE, events).joinerSteps;
const cases = (...events: LoggedEvent[]) => projectSubject(ALICE, events).joinerCases;
const joined = (days: number) => event(days, { operation: "create" });
const left = (days: number) => event(days, { operation: "deactivate" });
const assigned = (days: number) => attempt(days, "create", { layer: "directory", detail: "assignment" });

describe("a joiner case", () => {
  it("starts at the directory's create", () => {
    expect(cases(joined(1))).toEqual([{ subject: ALICE, joinedAt: at(1), start: "create" }]);
  });

  it("does not start when a second directory first hears of somebody who is known", () => {
    expect(cases(signIn(0), event(1, { operation: "create", sourceId: "workos" }))).toEqual([]);
    expect(cases(joined(1), event(3, { operation: "create", sourceId: "workos" }))).toHaveLength(1);
  });

  it("starts though an account was made by hand ahead of the first day", () => {
    expect(cases(attempt(0, "create", { layer: "application", detail: "by-hand" }), joined(2))).toHaveLength(
      1,
    );
  });

  it("starts again at a return, and not after a leave of absence", () => {
    const back = event(20, { operation: "reactivate" });
    expect(cases(joined(1), left(10), back)).toMatchObject([
      { start: "create" },
      { joinedAt: at(20), start: "rehire" },
    ]);
    const away = event(10, { operation: "deactivate", detail: "suspend" });
    const again = event(20, { operation: "reactivate", detail: "suspend" });
    expect(cases(joined(1), away, again)).toHaveLength(1);
  });
});

describe("a joiner's account", () => {
  it("works from its successful create", () => {
    expect(steps(joined(1), assigned(1.1), attempt(1.2, "create"))).toMatchObject([
      { application: "slack", account: "acc-1", joinedAt: at(1), workingAt: at(1.2), failing: false },
    ]);
  });

  it("does not work because of an assignment alone; the first sign-in proves it", () => {
    expect(steps(joined(1), assigned(1.1))).toMatchObject([{ workingAt: null, failing: false }]);
    expect(steps(joined(1), assigned(1.1), signIn(3))).toMatchObject([{ workingAt: at(3) }]);
  });

  it("fails while the last attempt failed, and works after all when one succeeds", () => {
    expect(steps(joined(1), failed(1.1, "create"))).toMatchObject([
      { workingAt: null, failing: true, lastError: "it failed" },
    ]);
    expect(steps(joined(1), failed(1.1, "create"), attempt(20, "create"))).toMatchObject([
      { workingAt: at(20), failing: false, lastError: "it failed" },
    ]);
  });

  it("made at a first sign-in within 14 days is a step, a later one is none", () => {
    expect(steps(joined(1), signIn(14.9))).toMatchObject([{ workingAt: at(14.9) }]);
    expect(steps(joined(1), signIn(15.1))).toEqual([]);
    expect(steps(joined(1), attempt(15.1, "create"))).toEqual([]);
  });

  it("is closed when the person leaves before it works", () => {
    expect(steps(joined(1), assigned(1.1), left(5), attempt(6, "create"))).toMatchObject([
      { workingAt: null, leftAt: at(5) },
    ]);
  });

  it("counts from the return for somebody who came back, and not at all when it never ended", () => {
    const story = [joined(1), attempt(1.1, "create"), attempt(10.1, "deactivate"), left(10)];
    const back = event(20, { operation: "reactivate" });
    const again = steps(...story, back, attempt(20.5, "reactivate")).filter(
      ({ start }) => start === "rehire",
    );
    expect(again).toMatchObject([{ joinedAt: at(20), workingAt: at(20.5) }]);
    const kept = steps(joined(1), attempt(1.1, "create"), left(10), back, signIn(21));
    expect(kept.filter(({ start }) => start === "rehire")).toEqual([]);
  });
});

/** Stories of one person that touch joining, moving and drift. */
const STORY = fc.array(
  fc.record({
    hour: fc.integer({ min: 0, max: 60 * 24 }),
    what: fc.constantFrom(
      "create",
      "deactivate",
      "reactivate",
      "department",
      "group",
      "grant",
      "take",
      "account",
      "use",
    ),
    value: fc.constantFrom("Design", "Sales", "IT"),
    yes: fc.boolean(),
  }),
  { maxLength: 25 },
);

function told({
  hour,
  what,
  value,
  yes,
}: {
  hour: number;
  what: string;
  value: string;
  yes: boolean;
}): LoggedEvent {
  const days = (hour * HOUR) / DAY;
  const group = { kind: "group" as const, id: null, name: value };
  switch (what) {
    case "department":
      return event(days, { attributes: { department: value }, sourceId: yes ? "okta" : "workos" });
    case "group":
      return event(days, { operation: yes ? "member-add" : "member-remove", entitlement: group });
    case "grant":
      return attempt(days, "member-add", { entitlement: group, layer: yes ? "provisioning" : "application" });
    case "take":
      return attempt(days, "member-remove", { entitlement: group });
    case "account":
      return yes ? attempt(days, "create") : failed(days, "create");
    case "use":
      return signIn(days);
    default:
      return event(days, { operation: what as LoggedEvent["operation"] });
  }
}

describe("joiners, movers and drift of any story", () => {
  it("do not depend on the order in which events come", () => {
    fc.assert(
      fc.property(STORY, fc.infiniteStream(fc.nat()), (story, keys) => {
        const events = story.map(told);
        const shuffled = events
          .map((one) => ({ one, key: keys.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one);
        expect(projectSubject(ALICE, shuffled)).toEqual(projectSubject(ALICE, events));
      }),
    );
  });

  it("hold together: nothing ends before it began, and each drift has its case and its grant", () => {
    fc.assert(
      fc.property(STORY, (story) => {
        const { joinerCases, joinerSteps, moves, drift, entitlements } = projectSubject(
          ALICE,
          story.map(told),
        );
        const starts = joinerCases.map(({ joinedAt }) => joinedAt);
        expect(new Set(starts).size).toBe(starts.length);
        for (const step of joinerSteps) {
          expect(starts).toContain(step.joinedAt);
          expect(step.workingAt ?? Infinity).toBeGreaterThanOrEqual(step.joinedAt);
          expect(step.workingAt !== null && (step.leftAt !== null || step.failing)).toBe(false);
        }
        for (const { at: changedAt, movedAt } of moves) {
          expect(changedAt).toBeGreaterThanOrEqual(movedAt);
          expect(changedAt - movedAt).toBeLessThanOrEqual(DAY);
        }
        for (const row of drift) {
          expect(entitlements.map(({ eventId }) => eventId)).toContain(row.eventId);
          expect(row.removedAt ?? Infinity).toBeGreaterThanOrEqual(row.grantedAt);
          if (row.movedAt === null) continue;
          expect(moves.map(({ movedAt }) => movedAt)).toContain(row.movedAt);
          expect(row.grantedAt).toBeLessThan(row.movedAt);
          expect((row.removedAt ?? Infinity) - row.movedAt).toBeGreaterThan(DAY);
        }
      }),
    );
  });
});
