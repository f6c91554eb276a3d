import { describe, expect, it } from "vitest";
import type { LoggedEvent } from "../ingest/event.ts";
import { projectSubject } from "./project.ts";
import { ALICE, attempt, DAY, event, failed, START, signIn } from "./testing.ts";

const at = (days: number) => START + Math.round(days * DAY);
const accounts = (...events: LoggedEvent[]) => projectSubject(ALICE, events).accounts;
const assigned = (days: number, operation: LoggedEvent["operation"] = "create") =>
  attempt(days, operation, { layer: "directory", detail: "assignment" });

describe("an account", () => {
  it("is made by a successful create", () => {
    expect(accounts(attempt(1, "create"))).toMatchObject([
      { account: "acc-1", active: true, createdAt: at(1), provenance: "scim" },
    ]);
  });

  it("is not made by a failed create, nor by an assignment whose creates all failed", () => {
    expect(accounts(failed(1, "create"))).toEqual([]);
    expect(accounts(assigned(0.5), failed(1, "create"))).toEqual([]);
  });

  it("is assumed from an assignment alone, and stays when that is taken away", () => {
    expect(accounts(assigned(1), assigned(9, "deactivate"))).toMatchObject([
      { active: true, createdAt: null, provenance: "unknown", firstSeen: at(1), lastEventAt: at(9) },
    ]);
  });

  it("is made by hand when a task is ticked off", () => {
    expect(accounts(attempt(1, "create", { layer: "application", detail: "by-hand" }))).toMatchObject([
      { provenance: "by-hand", createdAt: at(1) },
    ]);
  });

  it("existed before a first witness that is no create", () => {
    expect(accounts(signIn(3))).toMatchObject([{ createdAt: null, provenance: "jit", active: true }]);
    expect(accounts(failed(3, "deactivate"))).toMatchObject([{ createdAt: null, active: true }]);
  });

  it("is not proved by a failure that says there is no such user", () => {
    expect(accounts(failed(3, "deactivate", { class: "not-found", httpStatus: 404 }))).toEqual([]);
  });

  it("is not brought back by a sign-in", () => {
    expect(accounts(attempt(1, "create"), attempt(2, "deactivate"), signIn(3))).toMatchObject([
      { active: false, endedAt: at(2), lastActivityAt: at(3) },
    ]);
  });

  it("comes back by reactivate or by a new create, which says when", () => {
    expect(accounts(attempt(1, "create"), attempt(2, "deactivate"), attempt(3, "reactivate"))).toMatchObject([
      { active: true, createdAt: at(1), endedAt: null },
    ]);
    expect(accounts(attempt(1, "create"), attempt(2, "delete"), attempt(3, "create"))).toMatchObject([
      { active: true, createdAt: at(3) },
    ]);
  });

  it("is one when records share its id or its user name, and two when they share neither", () => {
    const byName = attempt(2, "update", {
      account: { id: null, userName: "alice@larkspur.example", displayName: null },
    });
    expect(accounts(attempt(1, "create"), byName)).toHaveLength(1);
    const second = attempt(2, "create", {
      account: { id: "acc-2", userName: "alice-admin", displayName: null },
    });
    expect(accounts(attempt(1, "create"), second).map((row) => row.account)).toEqual(["acc-1", "acc-2"]);
  });

  it("takes a sign-in that names no account to the one with the person's name", () => {
    const second = attempt(2, "create", {
      account: { id: "acc-2", userName: "alice-admin", displayName: null },
    });
    const rows = accounts(second, attempt(3, "create"), event(0), signIn(5, { account: null }));
    expect(rows).toMatchObject([
      { account: "acc-1", lastActivityAt: at(5) },
      { account: "acc-2", lastActivityAt: null },
    ]);
  });

  it("holds what it was granted and not lost again, and nothing after a delete", () => {
    const group = (name: string) => ({ kind: "group" as const, id: null, name });
    const add = (days: number, name: string) => attempt(days, "member-add", { entitlement: group(name) });
    const rows = accounts(
      attempt(1, "create"),
      add(2, "admins"),
      add(3, "users"),
      attempt(4, "member-remove", { entitlement: group("admins") }),
    );
    expect(rows).toMatchObject([{ entitlements: ["users"] }]);
    expect(accounts(attempt(1, "create"), add(2, "admins"), attempt(3, "delete"))).toMatchObject([
      { entitlements: [] },
    ]);
  });
});
