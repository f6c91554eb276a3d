import { describe, expect, it } from "vitest";
import type { LoggedEvent } from "../ingest/event.ts";
import { projectSubject } from "./project.ts";
import { ALICE, attempt, DAY, event, START } from "./testing.ts";

const at = (days: number) => START + Math.round(days * DAY);
const moves = (...events: LoggedEvent[]) => projectSubject(ALICE, events).moves;
const says = (days: number, attributes: Record<string, string>, given: Partial<LoggedEvent> = {}) =>
  event(days, { attributes, ...given });
const joined = (days: number) => event(days, { operation: "create" });
const named = (name: string) => ({ kind: "group" as const, id: null, name });
const groupOf = (operation: "member-add" | "member-remove") => (days: number, name: string) =>
  event(days, { operation, entitlement: named(name) });
const enters = groupOf("member-add");
const leaves = groupOf("member-remove");
const granted = (days: number, name: string, given: Partial<LoggedEvent> = {}) =>
  attempt(days, "member-add", { entitlement: named(name), ...given });
const taken = (days: number, name: string) => attempt(days, "member-remove", { entitlement: named(name) });

describe("a mover case", () => {
  it("is a value that differs from what the source said before", () => {
    expect(moves(says(1, { department: "Design" }), says(20, { department: "Sales" }))).toMatchObject([
      { movedAt: at(20), what: "department", from: "Design", to: "Sales" },
    ]);
    expect(moves(says(1, { department: "Design" }), says(20, { department: "Design" }))).toEqual([]);
  });

  it("is a change that the record itself tells with the value before", () => {
    const change = says(20, { title: "Lead" }, { attributesBefore: { title: "Associate" } });
    expect(moves(change)).toMatchObject([{ what: "title", from: "Associate", to: "Lead" }]);
  });

  it("is not told twice when a second source follows later, nor when two sources spell differently", () => {
    const workos = { sourceId: "workos" };
    const both = [says(1, { department: "Design" }), says(1, { department: "Design" }, workos)];
    const later = [says(20, { department: "Sales" }), says(23, { department: "Sales" }, workos)];
    expect(moves(...both, ...later)).toHaveLength(1);
    const spelled = says(2, { department: "design team" }, workos);
    expect(moves(says(1, { department: "Design" }), spelled, says(3, { department: "Design" }))).toEqual([]);
  });

  it("holds all changes within 24 hours of its first", () => {
    const story = [says(1, { department: "Design", manager: "bob@larkspur.example" }), enters(1.1, "design")];
    const move = [
      says(20, { department: "Sales" }),
      leaves(20.5, "design"),
      enters(21, "sales"),
      enters(21.1, "late"),
    ];
    expect(moves(joined(0), ...story, ...move).map(({ movedAt, what }) => [movedAt, what])).toEqual([
      [at(20), "department"],
      [at(20), "group"],
      [at(20), "group"],
      [at(21.1), "group"],
    ]);
  });

  it("is none of what comes with joining, nor of what goes with leaving", () => {
    expect(moves(joined(1), enters(2, "all"))).toEqual([]);
    expect(moves(joined(1), enters(16, "later"))).toHaveLength(1);
    const end = event(30, { operation: "deactivate" });
    expect(moves(joined(1), enters(2, "all"), leaves(29.9, "all"), end)).toEqual([]);
    expect(moves(joined(1), enters(2, "all"), end, leaves(31, "all"))).toEqual([]);
  });
});

describe("role drift", () => {
  const drift = (...events: LoggedEvent[]) => projectSubject(ALICE, events).drift;
  const account = attempt(1.01, "create");
  const toSales = says(60, { department: "Sales" });
  const story = [joined(1), says(1.001, { department: "Design" }), account];

  it("is an entitlement named like a directory group that the person left", () => {
    const own = [joined(1), account, granted(2, "Design-Admins"), leaves(40, "design-admins")];
    expect(drift(...own)).toMatchObject([
      {
        kind: "group",
        entitlement: "Design-Admins",
        movedAt: at(40),
        removedAt: null,
        change: "left group design-admins",
      },
    ]);
    expect(drift(...own, taken(40.5, "Design-Admins"))).toEqual([]);
    expect(drift(...own, taken(45, "Design-Admins"))).toMatchObject([{ removedAt: at(45) }]);
    expect(drift(...own, enters(50, "design-admins"))).toMatchObject([{ removedAt: at(50) }]);
  });

  it("is what came within 14 days of entering the department that the person left", () => {
    expect(drift(...story, granted(2, "canvas"), toSales)).toMatchObject([
      {
        kind: "department",
        entitlement: "canvas",
        movedAt: at(60),
        change: "department Design → Sales",
        removedAt: null,
      },
    ]);
    expect(drift(...story, granted(20, "asked for"), toSales)).toEqual([]);
    expect(drift(...story, granted(61, "came after"), toSales)).toEqual([]);
  });

  it("ends when it is taken, when the account ends, and when the person goes back", () => {
    const own = [...story, granted(2, "canvas"), toSales];
    expect(drift(...own, taken(60.9, "canvas"))).toEqual([]);
    expect(drift(...own, taken(70, "canvas"))).toMatchObject([{ removedAt: at(70) }]);
    expect(drift(...own, attempt(71, "deactivate"))).toMatchObject([{ removedAt: at(71) }]);
    expect(drift(...own, says(72, { department: "Design" }))).toMatchObject([{ removedAt: at(72) }]);
    expect(drift(...own, attempt(71, "deactivate"), attempt(73, "reactivate"))).toMatchObject([
      { removedAt: null },
    ]);
  });

  it("is of a title only when the title was entered by a change, so that a promotion blames nothing of joining", () => {
    const lead = says(30, { title: "Lead" });
    const head = says(80, { title: "Head" });
    const titled = [joined(1), says(1.001, { title: "Associate" }), account, granted(2, "basics")];
    expect(drift(...titled, lead)).toEqual([]);
    expect(drift(...titled, lead, granted(31, "approvals"), head)).toMatchObject([
      { kind: "title", entitlement: "approvals", movedAt: at(80) },
    ]);
  });

  it("lists what was granted outside of provisioning, with the event", () => {
    const byHand = granted(5, "owners", {
      layer: "application",
      actor: { id: "1", type: "User", name: "bob" },
    });
    expect(drift(joined(1), account, byHand)).toMatchObject([
      { kind: "outside", movedAt: null, change: null, provenance: "by-hand", eventId: byHand.id },
    ]);
  });
});
