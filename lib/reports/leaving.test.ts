import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LoggedEvent } from "../ingest/event.ts";
import { projectSubject } from "../lifecycle/project.ts";
import { ALICE, attempt, DAY, event, failed, HOUR, MINUTE, START, signIn } from "../lifecycle/testing.ts";
import { AcrossTaker } from "./across.ts";
import { leavingsOf } from "./leaving.ts";
import type { Model } from "./model.ts";

const LEFT = 10;

/** The model of one person at so many days after the start. */
function modelOf(events: readonly LoggedEvent[], days: number): Model {
  const rows = projectSubject(ALICE, events);
  const across = new AcrossTaker();
  across.take(rows);
  return {
    ...rows,
    asOf: START + days * DAY,
    sources: [],
    people: new Map(),
    scheduled: [],
    across: across.result(),
    applicationSettings: [],
    failureDecisions: [],
    holdings: null,
    customer: null,
    slaOf: () => DAY,
  };
}

const leavings = (events: readonly LoggedEvent[], days = 30) =>
  leavingsOf(modelOf(events, days), ALICE, events);

const came = () => [event(0, { operation: "create", active: true }), attempt(0.1, "create")];
const left = (days = LEFT) => event(days, { operation: "deactivate", active: false });
const slackNamed = (name: string) => ({ id: null, name });

describe("leavingsOf", () => {
  it("has nothing for somebody who has not left", () => expect(leavings(came())).toEqual([]));

  it("tells each failed attempt and the end, each with its event", () => {
    const trigger = left();
    const events = [
      ...came(),
      trigger,
      failed(LEFT + MINUTE / DAY, "deactivate", { message: "no such user" }),
      failed(LEFT + HOUR / DAY, "delete"),
      attempt(LEFT + (3 * HOUR) / DAY, "deactivate"),
    ];
    const [leaving, ...more] = leavings(events);
    expect(more).toEqual([]);
    expect(leaving).toMatchObject({ eventId: trigger.id, trigger: "deactivate", rehiredAt: null });
    expect(leaving?.lanes).toHaveLength(1);
    expect(leaving?.lanes[0]?.marks).toEqual([
      expect.objectContaining({ kind: "failure", eventId: events[3]?.id, message: "no such user" }),
      expect.objectContaining({ kind: "failure", eventId: events[4]?.id }),
      expect.objectContaining({ kind: "end", eventId: events[5]?.id, summary: "Deactivate at Slack" }),
    ]);
    expect(leaving?.lanes[0]?.step).toMatchObject({ status: "completed", latency: 3 * 3600 });
  });

  it("calls what was used after leaving by its name, on top, and not what was used before", () => {
    const wiki = { application: slackNamed("Wiki") };
    const use = signIn(LEFT + 2);
    const events = [
      ...came(),
      attempt(0.2, "create", wiki),
      signIn(LEFT - 1),
      left(),
      attempt(LEFT + 0.1, "deactivate", wiki),
      use,
    ];
    const lanes = leavings(events)[0]?.lanes ?? [];
    expect(lanes.map(({ application }) => application)).toEqual(["Slack", "Wiki"]);
    expect(lanes[0]?.marks).toEqual([expect.objectContaining({ kind: "access", eventId: use.id })]);
    expect(lanes[0]?.step).toMatchObject({ status: "open", accessAfterLeaving: true });
  });

  it("shows a use where no account had to end in a lane of its own", () => {
    const use = signIn(LEFT + 1, { application: null, account: null });
    const lanes = leavings([...came(), left(), attempt(LEFT + 0.1, "deactivate"), use])[0]?.lanes;
    expect(lanes).toHaveLength(2);
    expect(lanes?.[0]).toMatchObject({ application: "okta", step: null });
    expect(lanes?.[0]?.marks.map(({ eventId }) => eventId)).toEqual([use.id]);
  });

  it("keeps an end before leaving", () => {
    const events = [...came(), attempt(LEFT - 1, "deactivate"), left()];
    const lane = leavings(events)[0]?.lanes[0];
    expect(lane?.step?.status).toBe("early");
    expect(lane?.marks).toEqual([expect.objectContaining({ kind: "end", eventId: events[2]?.id })]);
  });

  it("tells two departures apart, the newest first, and nothing of the one in the other", () => {
    const back = event(LEFT + 5, { operation: "reactivate", active: true });
    const events = [
      ...came(),
      left(),
      failed(LEFT + 1, "deactivate"),
      back,
      signIn(LEFT + 6),
      left(LEFT + 8),
      attempt(LEFT + 9, "deactivate"),
    ];
    const both = leavings(events);
    expect(both.map(({ lanes }) => lanes.flatMap(({ marks }) => marks.map(({ kind }) => kind)))).toEqual([
      ["end"],
      ["failure"],
    ]);
    expect(both[1]?.rehiredAt).toBe(new Date(back.at).toISOString());
    expect(both[1]?.lanes[0]?.step?.status).toBe("rehired");
  });

  it("has each use counted by the case in exactly one lane", () => {
    const happening = fc.record({
      day: fc.double({ min: LEFT + 0.01, max: LEFT + 20, noNaN: true }),
      kind: fc.constantFrom("use", "fail", "end", "elsewhere", "back", "gone"),
      application: fc.constantFrom("Slack", "Wiki"),
    });
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 15 }), (happenings) => {
        const events = [
          ...came(),
          attempt(0.2, "create", { application: slackNamed("Wiki") }),
          left(),
          ...happenings.map(({ day, kind, application }) => {
            const at = { application: slackNamed(application) };
            if (kind === "use") return signIn(day, at);
            if (kind === "elsewhere") return signIn(day, { application: null, account: null });
            if (kind === "back") return event(day, { operation: "reactivate", active: true });
            if (kind === "gone") return left(day);
            return kind === "fail" ? { ...failed(day, "deactivate"), ...at } : attempt(day, "deactivate", at);
          }),
        ];
        const { cases } = projectSubject(ALICE, events);
        const told = leavings(events, 40);
        expect(told).toHaveLength(cases.length);
        for (const leaver of cases) {
          const own = told.find(({ leftAt }) => Date.parse(leftAt) === leaver.leftAt);
          const uses = own?.lanes.flatMap(({ marks }) => marks.filter(({ kind }) => kind === "access")) ?? [];
          expect(uses).toHaveLength(leaver.accessCount);
          expect(new Set(uses.map(({ eventId }) => eventId)).size).toBe(uses.length);
        }
      }),
    );
  });
});
