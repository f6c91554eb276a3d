import { describe, expect, it } from "vitest";
import type { LoggedEvent } from "../ingest/event.ts";
import { projectSubject } from "./project.ts";
import { ALICE, attempt, DAY, event, MINUTE, START } from "./testing.ts";

const slack = { id: null, name: "Slack" };
const account = { id: "acc-1", userName: "alice@larkspur.example", displayName: null };
const day = (days: number) => START + days * DAY;

interface Look {
  active?: boolean | null;
  attributes?: Record<string, string>;
  groups?: string[] | null;
  /** Day of the complete reading before. */
  previous?: number;
}

/** What a reading of that day shows of Alice's account. */
function look(
  days: number,
  { active = true, attributes = {}, groups = null, previous }: Look = {},
): LoggedEvent[] {
  const state = {
    layer: "application",
    operation: "read",
    detail: "state",
    application: slack,
    account,
  } as const;
  const run = {
    run: new Date(day(days)).toISOString(),
    ...(previous === undefined ? {} : { previous: new Date(day(previous)).toISOString() }),
  };
  const read: Record<string, string> = groups === null ? {} : { groupsRead: "true" };
  return [
    ...(groups ?? []).map((name) =>
      event(days, {
        ...state,
        person: null,
        entitlement: { kind: "group", id: null, name },
        attributes: run,
      }),
    ),
    event(days + 0.001, { ...state, person: null, active, attributes: { ...run, ...attributes, ...read } }),
  ];
}

const arrives = event(0, { operation: "create", attributes: { title: "Chemist", department: "Research" } });
const leaves = event(10, { operation: "deactivate", active: false });

const rowsOf = (...events: (LoggedEvent | LoggedEvent[])[]) => projectSubject(ALICE, events.flat());
/** Kind, what, and the days from when to when. */
const summary = (...events: (LoggedEvent | LoggedEvent[])[]) =>
  rowsOf(...events).differences.map(({ kind, what, expected, found, openedAt, closedAt }) => {
    const days = (at: number) => Math.floor((at - START) / DAY);
    const until = closedAt === null ? "" : days(closedAt);
    return `${kind} ${what === null ? "" : `${what} `}${expected} > ${found} ${days(openedAt)}-${until}`;
  });

describe("an account as its application shows it", () => {
  it("that is as it should be differs in nothing", () => {
    const member = { entitlement: { kind: "group", id: null, name: "Chemists" } } as const;
    const shown = look(2, { attributes: { title: "Chemist", department: "Research" }, groups: ["Chemists"] });
    expect(summary(arrives, attempt(1, "create"), attempt(1, "member-add", member), shown)).toEqual([]);
    expect(
      summary(
        arrives,
        attempt(1, "create"),
        leaves,
        attempt(10.1, "deactivate"),
        look(11, { active: false }),
      ),
    ).toEqual([]);
  });

  it("is still active though the log says that it was deactivated or deleted", () => {
    const ended = attempt(10.1, "deactivate");
    const rows = rowsOf(arrives, attempt(1, "create"), leaves, ended, look(11));
    expect(rows.differences).toMatchObject([
      {
        kind: "log-says-done",
        expected: "inactive",
        found: "active",
        expectedEventId: ended.id,
        closedAt: null,
      },
    ]);
    expect(summary(arrives, attempt(1, "create"), attempt(5, "delete"), look(6, { active: null }))).toEqual([
      "log-says-done deleted > there 6-",
    ]);
  });

  it("is active though the person left, and nobody tried to end it or the attempt failed", () => {
    const failed = attempt(10.1, "deactivate", { outcome: "failure" });
    const rows = rowsOf(arrives, attempt(1, "create"), leaves, failed, look(9), look(11));
    expect(rows.differences).toMatchObject([
      { kind: "active-though-left", expectedEventId: leaves.id, found: "active", closedAt: null },
    ]);
    expect(summary(arrives, attempt(1, "create"), leaves, look(11), look(12, { active: false }))).toEqual([
      "active-though-left inactive > active 11-12",
    ]);
  });

  it("is inactive though the person is there and provisioning has it active", () => {
    const shown = look(3, { active: false });
    expect(summary(arrives, attempt(1, "create"), shown)).toEqual([
      "inactive-though-present active > inactive 3-",
    ]);
    expect(summary(arrives, attempt(1, "create"), shown, look(4))).toEqual([
      "inactive-though-present active > inactive 3-4",
    ]);
  });

  it("is there though nothing says that it should be", () => {
    expect(summary(arrives, look(3))).toEqual(["extra none > active 3-"]);
    const assignment = { detail: "assignment", application: slack, account } as const;
    const given = event(1, { ...assignment, operation: "create" });
    const taken = event(2, { ...assignment, operation: "deactivate" });
    expect(summary(arrives, given, look(3))).toEqual([]);
    expect(summary(arrives, given, taken, look(3))).toEqual(["extra unassigned > active 3-"]);
    // Somebody made it anew at the application: no attempt of long ago stands for it.
    const again = event(6, { layer: "application", operation: "create", application: slack, account });
    expect(summary(arrives, attempt(1, "create"), attempt(5, "delete"), again, look(7))).toEqual([
      "extra none > active 7-",
    ]);
    expect(summary(arrives, look(3, { active: false }))).toEqual([]);
  });

  it("has other attributes than the directory, until it has them too", () => {
    const promoted = event(4, { attributes: { title: "Head of Research" } });
    const before = look(3, { attributes: { title: " Chemist ", email: "Alice@Larkspur.example" } });
    const stale = look(5, { attributes: { title: "Chemist" } });
    const right = look(6, { attributes: { title: "Head of Research" } });
    expect(summary(arrives, attempt(1, "create"), before, promoted, stale)).toEqual([
      "attribute-drift title Head of Research > Chemist 5-",
    ]);
    expect(summary(arrives, attempt(1, "create"), promoted, stale, right)).toEqual([
      "attribute-drift title Head of Research > Chemist 5-6",
    ]);
  });

  it("is in a group that it was taken out of, or is not in one that it was put into", () => {
    const of = (name: string) => ({ entitlement: { kind: "group", id: null, name } }) as const;
    const log = [
      arrives,
      attempt(1, "create"),
      attempt(1, "member-add", of("Chemists")),
      attempt(1, "member-add", of("Admins")),
      attempt(2, "member-remove", of("Admins")),
    ];
    expect(summary(log, look(3, { groups: ["Admins", "Bowling"] }))).toEqual([
      "group-drift Chemists member > no member 3-",
      "group-drift Admins no member > member 3-",
    ]);
    // Groups that could not be read tell nothing.
    expect(summary(log, look(3, { groups: null }))).toEqual([]);
  });

  it("is not judged by what was said minutes before", () => {
    const just = { at: day(3) };
    const [shown] = look(3);
    const created = attempt(1, "create");
    const ended = attempt(3, "deactivate", { ...just });
    expect(summary(arrives, created, ended, shown ?? [])).toEqual([]);
    expect(summary(arrives, created, { ...ended, at: day(3) - 6 * MINUTE }, shown ?? [])).toHaveLength(1);
    expect(summary(arrives, created, ended, look(4))).toHaveLength(1);
  });

  it("that was missing from readings was so until it is shown again", () => {
    expect(summary(arrives, attempt(1, "create"), look(2), look(3, { previous: 2 }))).toEqual([]);
    expect(summary(arrives, attempt(1, "create"), look(2), look(5, { previous: 4 }))).toEqual([
      "missing there > not there 4-5",
    ]);
  });

  it("is awaited since provisioning made it, for as long as the person is there", () => {
    const awaited = (...events: LoggedEvent[][]) =>
      rowsOf(...events).accounts.map(({ awaitedSince }) => awaitedSince);
    expect(awaited([arrives, attempt(1, "create")])).toEqual([day(1)]);
    expect(
      awaited([arrives, attempt(1, "create"), attempt(2, "deactivate"), attempt(3, "reactivate")]),
    ).toEqual([day(3)]);
    expect(awaited([arrives, attempt(1, "create"), leaves])).toEqual([undefined]);
    expect(awaited([arrives, attempt(1, "create"), attempt(2, "delete")])).toEqual([undefined]);
    expect(awaited([arrives], look(3))).toEqual([undefined]);
  });

  it("changes no capability of the coverage map, and is active or not as it shows", () => {
    const { coverage, accounts } = rowsOf(arrives, look(3, { active: false }), look(4));
    expect(coverage).toEqual([]);
    expect(accounts).toMatchObject([{ active: true, shownIn: day(4) }]);
  });
});
