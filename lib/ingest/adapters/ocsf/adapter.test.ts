import { describe, expect, it } from "vitest";
import { RecordError } from "../adapter.ts";
import { ocsf } from "./adapter.ts";
import { ALICE, by, ocsfRecord } from "./fixtures.ts";

const read = (record: unknown) => ocsf.parse(record);
const one = (record: unknown) => {
  const events = read(record);
  expect(events).toHaveLength(1);
  return events[0];
};

describe("OCSF", () => {
  it.each([
    [1, "create", true],
    [2, "reactivate", true],
    [5, "deactivate", false],
    [6, "delete", false],
  ])("reads account change %i as %s, at the product that tells of it", (activity, operation, active) => {
    expect(one(ocsfRecord(3001, activity, { user: ALICE }))).toMatchObject({
      nativeId: "ocsf-larkspur-1",
      at: Date.UTC(2026, 2, 2, 9, 15, 30),
      layer: "application",
      operation,
      outcome: "success",
      object: "user",
      active,
      person: {
        id: "u-alice",
        externalId: null,
        userName: "alice",
        email: "alice@larkspur.example",
        displayName: "Alice Larkspur",
      },
      application: { id: null, name: "Ledger" },
      actor: { id: "u-bob", type: "Admin", name: "bob" },
      correlationId: "trace-1",
    });
  });

  it("takes what a directory says of its users for the source of truth", () => {
    for (const product of ["Okta Identity Cloud", "Microsoft Entra ID", "JumpCloud"])
      expect(one(ocsfRecord(3001, 5, { user: ALICE, ...by(product) }))).toMatchObject({
        layer: "directory",
        application: null,
        operation: "deactivate",
        active: false,
      });
  });

  it("knows the application by the user's domain, and the account by its name there", () => {
    const user = { ...ALICE, domain: "Wiki", account: { uid: "a-1", name: "alice.l" } };
    expect(one(ocsfRecord(3001, 1, { user }))).toMatchObject({
      application: { name: "Wiki" },
      account: { id: "a-1", userName: "alice.l", displayName: null },
    });
  });

  it("reads a lock, a password or a policy as no change of access", () => {
    for (const activity of [3, 4, 7, 8, 9, 10, 11, 12, 0, 99])
      expect(one(ocsfRecord(3001, activity, { user: ALICE }))).toMatchObject({
        operation: "other",
        active: null,
      });
    expect(one(ocsfRecord(3001, 99, { user: ALICE, activity_name: "Update" }))).toMatchObject({
      operation: "update",
      nativeType: "Account Change: Update",
    });
  });

  it("reads a sign-in at the service that was signed in to, and no log-off", () => {
    const signIn = ocsfRecord(3002, 1, { user: ALICE, service: { uid: "s-1", name: "Wiki" }, ...by("Okta") });
    expect(one(signIn)).toMatchObject({
      layer: "access",
      operation: "sign-in",
      application: { id: "s-1", name: "Wiki" },
    });
    expect(one(ocsfRecord(3002, 2, { user: ALICE }))).toMatchObject({ operation: "other" });
  });

  it("reads a managed entity that is a user; suspended is not gone", () => {
    const entity = { type: "User", uid: "u-alice", name: "alice" };
    expect(one(ocsfRecord(3004, 12, { entity }))).toMatchObject({
      operation: "deactivate",
      detail: "suspend",
      person: { id: "u-alice" },
    });
    expect(one(ocsfRecord(3004, 1, { entity: { type: "Server", name: "db-1" } }))).toMatchObject({
      operation: "other",
      object: null,
      person: null,
    });
    expect(one(ocsfRecord(3004, 4, { entity: { type: "Group", uid: "g-1" } }))).toMatchObject({
      operation: "delete",
      object: "group",
      entitlement: { kind: "group", id: "g-1", name: "g-1" },
    });
  });

  it("makes of each privilege an event", () => {
    const record = ocsfRecord(3005, 2, { user: ALICE, privileges: ["admin", "billing"] });
    expect(read(record).map(({ operation, entitlement }) => [operation, entitlement?.name])).toEqual([
      ["role-revoke", "admin"],
      ["role-revoke", "billing"],
    ]);
    const at = ocsfRecord(3005, 1, { user: ALICE, privileges: ["admin"], resources: [{ name: "EU" }] });
    expect(one(at)).toMatchObject({
      operation: "role-grant",
      entitlement: { kind: "role", name: "admin (EU)" },
    });
  });

  it("reads members of groups, and groups", () => {
    const group = { uid: "g-1", name: "Engineers" };
    expect(one(ocsfRecord(3006, 4, { user: ALICE, group }))).toMatchObject({
      operation: "member-remove",
      object: "user",
      entitlement: { kind: "group", id: "g-1", name: "Engineers" },
    });
    expect(one(ocsfRecord(3006, 6, { group }))).toMatchObject({
      operation: "create",
      object: "group",
      active: null,
    });
  });

  it("says how it went, and why not", () => {
    const failed = { status_id: 2, status_code: "409", status_detail: "The user name is taken." };
    expect(one(ocsfRecord(3001, 1, { user: ALICE, ...failed }))).toMatchObject({
      outcome: "failure",
      active: null,
      error: { class: "uniqueness", code: "409", message: "The user name is taken." },
    });
    expect(one(ocsfRecord(3001, 1, { user: ALICE, status_id: 0 }))).toMatchObject({ outcome: "success" });
  });

  it("takes time as milliseconds or as a date, and no other", () => {
    const dated = ocsfRecord(3001, 1, { user: ALICE, time: null, time_dt: "2026-03-02T09:15:30Z" });
    expect(one(dated)?.at).toBe(Date.UTC(2026, 2, 2, 9, 15, 30));
    for (const time of [1_772_442_930, 1_772_442_930_000_000, "soon", null])
      expect(() => read(ocsfRecord(3001, 1, { user: ALICE, time }))).toThrow(RecordError);
  });

  it("takes under unmapped.rollcall only what an export writes there", () => {
    const with_ = (rollcall: unknown) => ocsfRecord(3001, 1, { user: ALICE, unmapped: { rollcall } });
    expect(one(with_({ layer: "provisioning", detail: "assignment" }))).toMatchObject({
      layer: "provisioning",
      detail: "assignment",
    });
    for (const wrong of [{ layer: "none" }, { more: 1 }, [], "x", { outcome: "failure" }, { at: "now" }])
      expect(() => read(with_(wrong))).toThrow(/unmapped\.rollcall/u);
  });

  it("takes an activity that is no number for another one", () => {
    for (const activity_id of ["1", { toString: null }, [1], Object.create(null)])
      expect(one({ ...ocsfRecord(3001, 1, { user: ALICE }), activity_id })).toMatchObject({
        operation: "other",
        nativeType: "Account Change: 99",
      });
  });

  it("is no other class, and nothing without a time", () => {
    expect(ocsf.detect(ocsfRecord(4001, 1))).toBe(false);
    expect(ocsf.detect(ocsfRecord(3001, 1, { time: undefined }))).toBe(false);
    expect(() => read(ocsfRecord(6003, 1))).toThrow(/class 6003/u);
  });
});
