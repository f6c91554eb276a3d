import { describe, expect, it } from "vitest";
import type { LoggedEvent } from "../ingest/event.ts";
import { projectSubject } from "./project.ts";
import { ALICE, attempt, DAY, event, failed, START } from "./testing.ts";

const at = (days: number) => START + Math.round(days * DAY);
const failures = (...events: LoggedEvent[]) => projectSubject(ALICE, events).failures;
const coverage = (...events: LoggedEvent[]) =>
  projectSubject(ALICE, events).coverage.map(({ capability, kind, at: time }) => [capability, kind, time]);

describe("a failure's item", () => {
  it("counts attempts of one cause and stays open", () => {
    expect(failures(failed(1, "create"), failed(2, "create"))).toMatchObject([
      { attempts: 2, firstSeen: at(1), lastSeen: at(2), openSince: at(1), resolvedAt: null },
    ]);
  });

  it("is resolved by a later success of the same kind, and reopens on a new failure", () => {
    expect(failures(failed(1, "create"), attempt(2, "create"))).toMatchObject([
      { openSince: null, resolvedAt: at(2) },
    ]);
    expect(failures(failed(1, "deactivate"), attempt(2, "delete"), failed(3, "deactivate"))).toMatchObject([
      { attempts: 2, openSince: at(3), resolvedAt: null },
    ]);
  });

  it("is not resolved by a success of another kind, nor by a skipped one", () => {
    expect(failures(failed(1, "deactivate"), attempt(2, "update"))).toMatchObject([{ openSince: at(1) }]);
    expect(failures(failed(1, "create"), attempt(2, "create", { outcome: "skipped" }))).toMatchObject([
      { openSince: at(1) },
    ]);
  });

  it("is one for each cause, by code or else by status", () => {
    const rows = failures(failed(1, "create"), failed(2, "create", { class: "uniqueness", httpStatus: 409 }));
    expect(rows.map((row) => row.errorClass).sort()).toEqual(["server", "uniqueness"]);
  });

  it("is resolved by a task ticked off by hand", () => {
    const byHand = attempt(2, "deactivate", { layer: "application", detail: "by-hand" });
    expect(failures(failed(1, "deactivate"), byHand)).toMatchObject([{ resolvedAt: at(2) }]);
  });

  it("of a role belongs to that entitlement", () => {
    const group = (name: string) => ({ entitlement: { kind: "group" as const, id: null, name } });
    const failing = { ...failed(1, "member-add"), ...group("admins") };
    expect(failures(failing, attempt(2, "member-add", group("users")))).toMatchObject([
      { entitlement: "admins", openSince: at(1) },
    ]);
  });

  it("of the connection stays open: other subjects' successes mend it", () => {
    const broken = { ...failed(1, "other"), object: "application" as const, person: null, account: null };
    expect(projectSubject("a:slack", [broken]).failures).toMatchObject([
      { connection: true, openSince: at(1) },
    ]);
  });
});

describe("coverage facts", () => {
  it("are attempts by capability; skipped, pending, imports and reads are none", () => {
    expect(
      coverage(
        attempt(1, "create"),
        attempt(2, "update"),
        failed(3, "deactivate"),
        attempt(4, "import"),
        attempt(5, "read"),
        attempt(6, "delete", { outcome: "pending" }),
      ),
    ).toEqual([
      ["joiner", "success", at(1)],
      ["mover", "success", at(2)],
      ["leaver", "failure", at(3)],
    ]);
  });

  const assigned = (days: number) => attempt(days, "create", { layer: "directory", detail: "assignment" });
  const ticked = (days: number) => attempt(days, "create", { layer: "application", detail: "by-hand" });

  it("count a change that no attempt explains within a day", () => {
    expect(coverage(assigned(1))).toEqual([["joiner", "manual", at(1)]]);
    expect(coverage(assigned(1), attempt(1.5, "create"))).toEqual([["joiner", "success", at(1.5)]]);
    expect(coverage(assigned(1), attempt(2.5, "create"))).toEqual([
      ["joiner", "success", at(2.5)],
      ["joiner", "manual", at(1)],
    ]);
  });

  it("count an assignment and its ticked-off task as one change", () => {
    expect(coverage(assigned(1), ticked(1.5))).toEqual([["joiner", "manual", at(1)]]);
    expect(coverage(assigned(1), ticked(5))).toHaveLength(2);
  });

  it("do not count sign-ins", () => {
    expect(
      coverage(event(1, { layer: "access", operation: "sign-in", application: { id: null, name: "Slack" } })),
    ).toEqual([]);
  });
});
