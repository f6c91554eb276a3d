import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LoggedEvent } from "../ingest/event.ts";
import { absencesOf } from "./identity.ts";
import { byEventOrder } from "./order.ts";
import { projectSubject } from "./project.ts";
import { ALICE, attempt, DAY, event, START } from "./testing.ts";

const at = (days: number) => START + days * DAY;

/** One row of an HR file, said on a day: the start and the end of the employment as it knows them. */
function row(said: number, given: { start?: number; end?: number } = {}, source = "hr"): LoggedEvent[] {
  const { start, end } = given;
  const update = event(said, { sourceId: source, active: end === undefined || end > said ? true : null });
  const record = update.id.slice(0, -2);
  const events = [update];
  if (start !== undefined) {
    const begun = start <= said;
    events.push(
      event(begun ? start : said, {
        id: `${record}:1`,
        sourceId: source,
        operation: "create",
        outcome: begun ? "success" : "pending",
        detail: begun ? null : "schedule",
        effectiveAt: at(start),
      }),
    );
  }
  if (end !== undefined) {
    events.push(
      event(said, {
        id: `${record}:2`,
        sourceId: source,
        operation: "deactivate",
        outcome: end <= said ? "success" : "pending",
        detail: end <= said ? "termination" : "schedule",
        active: end <= said ? false : null,
        effectiveAt: at(end),
      }),
    );
  }
  return events;
}

const okta = (days: number, operation: LoggedEvent["operation"], detail: LoggedEvent["detail"] = null) =>
  event(days, { operation, detail });

/** Each absence as `trigger from–to`, in days. */
const away = (...events: (LoggedEvent | LoggedEvent[])[]) =>
  absencesOf(events.flat().sort(byEventOrder)).map(({ leftAt, rehiredAt, trigger, source }) => {
    const days = (time: number) => (time - START) / DAY;
    return `${source} ${trigger} ${days(leftAt)}–${rehiredAt === null ? "" : days(rehiredAt)}`;
  });

describe("a termination of an HR file", () => {
  it("takes effect at its own time, also when it was said ahead or afterwards", () => {
    expect(away(row(10, { end: 30 }))).toEqual(["hr hr-termination 30–"]);
    expect(away(row(10, { end: 5 }))).toEqual(["hr hr-termination 5–"]);
  });

  it("said ahead is what the newest row says before it takes effect", () => {
    expect(away(row(10, { end: 30 }), row(20, { end: 40 }))).toEqual(["hr hr-termination 40–"]);
    expect(away(row(10, { end: 30 }), row(20, { end: 25 }))).toEqual(["hr hr-termination 25–"]);
    expect(away(row(10, { end: 30 }), row(20))).toEqual([]);
  });

  it("stands once it took effect; a later row without an end is a rehire", () => {
    expect(away(row(10, { end: 30 }), row(40))).toEqual(["hr hr-termination 30–40"]);
    expect(away(row(10, { end: 30 }), row(40, { end: 35 }))).toEqual(["hr hr-termination 30–"]);
    expect(away(row(10, { end: 30 }), row(40, { end: 25 }))).toEqual(["hr hr-termination 25–"]);
    expect(away(row(10, { end: 30 }), row(40, { end: 60 }), event(70))).toEqual([
      "hr hr-termination 30–40",
      "hr hr-termination 60–",
    ]);
  });

  it("said afterwards is not undone by rows that were said before it", () => {
    expect(away(row(10), row(17), row(24, { end: 12 }), row(31, { end: 12 }))).toEqual([
      "hr hr-termination 12–",
    ]);
  });

  it("said again after a rehire takes the rehire back", () => {
    expect(away(row(10, { end: 30 }), row(40), row(50, { end: 30 }))).toEqual(["hr hr-termination 30–"]);
  });

  it("ends with the new start, behind or ahead; one ahead holds once anything of that time is known", () => {
    const left = row(10, { start: 0, end: 30 });
    expect(away(left, row(50, { start: 45 }))).toEqual(["hr hr-termination 30–45"]);
    expect(away(left, row(50, { start: 60 }))).toEqual(["hr hr-termination 30–"]);
    expect(away(left, row(50, { start: 60 }), event(61, { layer: "access", operation: "sign-in" }))).toEqual([
      "hr hr-termination 30–60",
    ]);
    expect(away(left, row(50, { start: 60 }), row(55, { start: 0, end: 30 }), event(70))).toEqual([
      "hr hr-termination 30–",
    ]);
  });

  it("is an earlier employment's when the start lies behind it", () => {
    expect(away(row(10, { end: 30 }), row(50, { start: 45, end: 30 }))).toEqual(["hr hr-termination 30–45"]);
    expect(away(row(50, { start: 30, end: 30 }))).toEqual([]);
  });
});

describe("an HR file beside a directory", () => {
  it("starts the case when it is the earlier word, and the directory when that is", () => {
    expect(away(row(10, { end: 30 }), okta(30.1, "deactivate"))).toEqual(["hr hr-termination 30–"]);
    expect(away(row(10, { end: 30 }), okta(29.9, "deactivate"))).toEqual(["okta deactivate 29.9–"]);
  });

  it("ends a directory's case with a new start", () => {
    expect(away(okta(20, "deactivate"), row(40, { start: 35 }))).toEqual(["okta deactivate 20–35"]);
  });

  it("still says gone when it says so after a directory took the person back", () => {
    expect(away(okta(6, "reactivate"), row(10, { end: 5 }))).toEqual([
      "hr hr-termination 5–6",
      "hr hr-termination 10–",
    ]);
    // The same word again is no new one.
    expect(away(row(10, { end: 5 }), okta(15, "reactivate"), row(20, { end: 5 }))).toEqual([
      "hr hr-termination 5–15",
    ]);
  });

  it("keeps its case when the directory takes back the suspension that began it", () => {
    const suspended = [okta(20, "deactivate", "suspend"), okta(40, "reactivate", "suspend")];
    expect(away(suspended)).toEqual([]);
    expect(away(suspended, row(10, { end: 30 }))).toEqual(["hr hr-termination 30–"]);
  });
});

describe("a termination that is still to come", () => {
  it("makes a case with its steps, and the identity inactive from then on", () => {
    const rows = projectSubject(ALICE, [attempt(1, "create"), ...row(10, { end: 30 })]);
    expect(rows.cases).toMatchObject([{ leftAt: at(30), trigger: "hr-termination", source: "hr" }]);
    expect(rows.steps).toMatchObject([{ leftAt: at(30), endedAt: null }]);
    expect(rows.identities).toMatchObject([{ inactiveFrom: at(30) }]);
  });
});

describe("the times away", () => {
  const day = fc.integer({ min: 1, max: 60 });
  const story = fc.array(
    fc.oneof(
      fc
        .tuple(day, fc.option(day, { nil: undefined }), fc.option(day, { nil: undefined }))
        .map(([said, start, end]) =>
          row(said, { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) }),
        ),
      fc
        .tuple(day, fc.constantFrom<LoggedEvent["operation"]>("deactivate", "reactivate", "update"))
        .map(([days, operation]) => [okta(days + 0.5, operation)]),
    ),
    { maxLength: 8 },
  );

  it("are the same in any order of rows, and follow one another", () => {
    fc.assert(
      fc.property(story, fc.infiniteStream(fc.nat()), (rows, keys) => {
        const events = rows.flat();
        const keyed = events.map((one) => ({ one, key: keys.next().value ?? 0 }));
        const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ one }) => one);
        const absences = projectSubject(ALICE, events).cases;
        expect(projectSubject(ALICE, shuffled).cases).toEqual(absences);
        for (const [i, absence] of absences.entries()) {
          const next = absences[i + 1];
          if (absence.rehiredAt !== null) expect(absence.rehiredAt).toBeGreaterThan(absence.leftAt);
          if (next === undefined) continue;
          expect(absence.rehiredAt).not.toBeNull();
          expect(next.leftAt).toBeGreaterThanOrEqual(absence.rehiredAt ?? Infinity);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("are what the newest row says of the present, when HR alone speaks", () => {
    const rows = fc.uniqueArray(fc.tuple(day, fc.option(day, { nil: null })), {
      selector: ([said]) => said,
      minLength: 1,
    });
    fc.assert(
      fc.property(rows, (said) => {
        const events = said.flatMap(([days, end]) => row(days, end === null ? {} : { end }));
        const newest = said.reduce((a, b) => (b[0] > a[0] ? b : a));
        const last = absencesOf(events.sort(byEventOrder)).at(-1);
        const goneSince = last === undefined || last.rehiredAt !== null ? null : last.leftAt;
        if (newest[1] === null) expect(goneSince).toBeNull();
        else if (newest[1] > newest[0]) expect(goneSince).toBe(at(newest[1]));
        else expect(goneSince).toBeLessThanOrEqual(at(newest[1]));
      }),
    );
  });
});
