import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Review } from "./fold.ts";
import { reminderText } from "./reminder-text.ts";
import { type Reminder, remindersDue, stageOf, type Waiting } from "./reminders-due.ts";

const DAY = 86_400_000;
const OPENED = "2026-03-01T09:00:00.000Z";
const DUE = "2026-03-31T23:59:59.999Z";
const FALLBACK = { member: "f", name: "Fay" };
const rita: Waiting = { member: "r", name: "Rita", items: 7 };

const review = (reminders: Review["reminders"] = [], more: Partial<Review> = {}): Review => ({
  review: "1",
  state: "running",
  openedAt: OPENED,
  openedBy: "Olga",
  openedByMember: "o",
  every: null,
  endedAt: null,
  closedAt: null,
  opened: {
    verb: "opened",
    input: { name: "Q1", dueAt: DUE } as Review["opened"]["input"],
    fallback: FALLBACK,
    population: {} as Review["opened"]["population"],
  },
  acts: [],
  reminders,
  ...more,
});
const at = (text: string) => Date.parse(text);
const sent = (text: string, kind: string, member = "r", ok = true) => ({
  at: text,
  to: member,
  member,
  kind,
  ok,
});
const kinds = (reminders: readonly Reminder[]) => reminders.map(({ member, kind }) => `${member} ${kind}`);

describe("the stage of a review", () => {
  it.each([
    ["2026-03-01T09:00:00Z", "opened"],
    ["2026-03-23T23:59:59Z", "opened"],
    ["2026-03-24T00:00:00Z", "due-7"],
    ["2026-03-29T00:00:00Z", "due-2"],
    ["2026-03-31T00:00:00Z", "due-0"],
    ["2026-04-02T23:59:59Z", "due-0"],
    ["2026-04-03T00:00:00Z", "overdue-3"],
    ["2026-04-05T12:00:00Z", "overdue-3"],
    ["2026-04-06T00:00:00Z", "overdue-6"],
  ])("at %s is %s", (now, kind) => {
    expect(stageOf({ openedAt: OPENED, dueAt: DUE }, at(now)).kind).toBe(kind);
  });

  it("passes over what was before it was opened", () => {
    expect(stageOf({ openedAt: "2026-03-30T09:00:00Z", dueAt: DUE }, at("2026-03-30T10:00:00Z")).kind).toBe(
      "opened",
    );
  });

  it("does not depend on the hour at which it is due", () => {
    const early = { openedAt: OPENED, dueAt: "2026-03-31T00:30:00Z" };
    expect(stageOf(early, at("2026-03-24T00:00:00Z")).kind).toBe("due-7");
    expect(stageOf(early, at("2026-04-03T00:00:00Z")).kind).toBe("overdue-3");
  });
});

describe("reminders", () => {
  it("go out at the opening, 7, 2 and 0 days before, then every 3 days: each once, however often is asked", () => {
    const reminders: Review["reminders"] = [];
    for (let now = at(OPENED); now < at("2026-04-08T00:00:00Z"); now += DAY / 8) {
      for (const { kind, member } of remindersDue(review(reminders), [rita], now)) {
        reminders.push(sent(new Date(now).toISOString(), kind, member));
      }
    }
    expect(
      reminders.filter(({ member }) => member === "r").map(({ at, kind }) => `${at.slice(0, 10)} ${kind}`),
    ).toEqual([
      "2026-03-01 opened",
      "2026-03-24 due-7",
      "2026-03-29 due-2",
      "2026-03-31 due-0",
      "2026-04-03 overdue-3",
      "2026-04-06 overdue-6",
    ]);
    for (const member of ["o", "f"]) {
      expect(reminders.filter((one) => one.member === member).map(({ kind }) => kind)).toEqual([
        "overdue-3",
        "overdue-6",
      ]);
    }
  });

  it("that were missed are made up for by the last one", () => {
    expect(kinds(remindersDue(review([sent(OPENED, "opened")]), [rita], at("2026-03-30T00:00:00Z")))).toEqual(
      ["r due-2"],
    );
  });

  it("go to nobody who has decided, and to nobody once the review has ended", () => {
    expect(remindersDue(review(), [], at("2026-04-20T00:00:00Z"))).toEqual([]);
    expect(remindersDue(review([], { state: "ended" }), [rita], at("2026-04-20T00:00:00Z"))).toEqual([]);
  });

  it("tell whoever gets items later of them first", () => {
    const before = [sent(OPENED, "opened"), sent("2026-03-24T01:00:00Z", "due-7")];
    const dan = { member: "d", name: "Dan", items: 2 };
    expect(kinds(remindersDue(review(before), [rita, dan], at("2026-03-25T00:00:00Z")))).toEqual([
      "d opened",
    ]);
  });

  it("tell whoever is above once, of their own items too", () => {
    const due = remindersDue(review(), [rita, { ...FALLBACK, items: 3 }], at("2026-04-03T00:00:00Z"));
    expect(due).toEqual([
      { ...rita, kind: "overdue-3", escalated: false },
      { ...FALLBACK, items: 3, kind: "overdue-3", escalated: true },
      { member: "o", name: "Olga", items: 0, kind: "overdue-3", escalated: true },
    ]);
  });

  it("that failed are tried again the next day", () => {
    const failed = review([sent(OPENED, "opened", "r", false)]);
    expect(remindersDue(failed, [rita], at(OPENED) + DAY - 1)).toEqual([]);
    expect(kinds(remindersDue(failed, [rita], at(OPENED) + DAY))).toEqual(["r opened"]);
  });

  it("are never sent twice of one kind, whenever it is asked", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 60 * 96 }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 40 }),
        (quarters, length) => {
          const dueAt = new Date(at(OPENED) + length * DAY).toISOString();
          const reminders: Review["reminders"] = [];
          for (const quarter of quarters.toSorted((a, b) => a - b)) {
            const now = at(OPENED) + quarter * 900_000;
            const own = review(reminders);
            own.opened.input = { ...own.opened.input, dueAt };
            for (const { kind, member } of remindersDue(own, [rita], now))
              reminders.push(sent(new Date(now).toISOString(), kind, member));
          }
          const names = reminders.map(({ member, kind }) => `${member} ${kind}`);
          expect(new Set(names).size).toBe(names.length);
          expect(names.length).toBeGreaterThan(0);
        },
      ),
    );
  });
});

describe("the text of a reminder", () => {
  const of = { name: "Q1", dueAt: DUE, open: 12, link: "https://rollcall.example/reviews/1" };

  it("says how much waits, until when, and where", () => {
    expect(reminderText({ ...rita, escalated: false }, of, at("2026-03-29T08:00:00Z"))).toEqual({
      subject: "Review “Q1”: 7 items wait for you",
      text: "Hello Rita,\n\nin the access review “Q1” 7 items wait for you. It is due on 2026-03-31, in 2 days.\n\nhttps://rollcall.example/reviews/1\n\nRollcall\n",
    });
  });

  it("says to whoever is above what is open in all", () => {
    const above = { name: "Olga", items: 1, escalated: true };
    const { subject, text } = reminderText(above, of, at("2026-04-06T08:00:00Z"));
    expect(subject).toBe("Review “Q1”: 12 items are not decided");
    expect(text).toContain(
      "12 items are not decided, 1 item waits for you. It was due on 2026-03-31, 6 days ago.",
    );
  });
});
