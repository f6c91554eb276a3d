import { describe, expect, it } from "vitest";
import { RecordError } from "../adapter.ts";
import { scimRead } from "./adapter.ts";
import { type Data, ENDED, GROUP, USER } from "./fixtures.ts";

const resource = (differs: Data): Data => ({ ...USER, resource: { ...(USER.resource as Data), ...differs } });

describe("a user that a reading shows", () => {
  it("gives the account's state, what is compared, what it holds and when it was made, and changes nothing", () => {
    const events = scimRead.parse({ ...USER, previous: null });
    expect(events.map(({ nativeType, operation, detail }) => `${nativeType} ${operation} ${detail}`)).toEqual(
      ["scim.account read state", "scim.role read state", "scim.created create null"],
    );
    expect(events[0]).toMatchObject({
      at: Date.parse("2026-03-02T10:00:05Z"),
      layer: "application",
      object: "user",
      active: true,
      person: { id: null, externalId: "00u1alice", email: "alice@larkspur.example" },
      application: { id: null, name: "Team Chat" },
      account: { id: "2819c223", userName: "alice@larkspur.example", displayName: "Alice Example" },
      attributes: {
        run: "2026-03-02T10:00:00.000Z",
        title: "Chemist",
        department: "Research",
        email: "alice@larkspur.example",
        groupsRead: "true",
      },
    });
    expect(events[1]?.entitlement).toEqual({ kind: "role", id: "editor", name: "Editor" });
  });

  it("was made once: before the reading before, it is not told again", () => {
    expect(scimRead.parse(USER).map(({ nativeType }) => nativeType)).toEqual(["scim.account", "scim.role"]);
    const made = resource({ meta: { created: "2026-03-01T12:00:00Z" } });
    expect(scimRead.parse(made).at(-1)).toMatchObject({
      nativeType: "scim.created",
      at: Date.parse("2026-03-01T12:00:00Z"),
    });
  });

  it.each([
    ["False", false],
    ["true", true],
    [null, null],
    [1, null],
  ])("is %j: active %j", (active, expected) => {
    expect(scimRead.parse(resource({ active }))[0]?.active).toBe(expected);
  });
});

describe("a group that a reading shows", () => {
  it("is there, with the accounts in it; groups in it are passed over", () => {
    const members = [{ value: "a" }, { value: "b", type: "Group" }, { value: "c", $ref: "../Groups/c" }];
    const events = scimRead.parse({ ...GROUP, group: { id: "g", displayName: "Engineering", members } });
    expect(events.map(({ object, account }) => [object, account?.id ?? null])).toEqual([
      ["group", null],
      ["user", "a"],
    ]);
    expect(events[1]).toMatchObject({
      detail: "state",
      entitlement: { kind: "group", id: "g", name: "Engineering" },
      attributes: { run: "2026-03-02T10:00:00.000Z" },
    });
  });
});

describe("a reading", () => {
  it("says at its end whether it was all", () => {
    expect(scimRead.parse(ENDED)).toMatchObject([
      { object: "application", attributes: { complete: "true", users: "1", groups: "1" } },
    ]);
    const part = { ...ENDED, ended: { complete: false, users: 3, groups: null, why: "It broke off." } };
    expect(scimRead.parse(part)[0]?.attributes).toMatchObject({
      complete: "false",
      users: "3",
      why: "It broke off.",
    });
  });

  it("that can't be understood is refused by what is missing", () => {
    for (const [differs, field] of [
      [{ application: null }, "application"],
      [{ run: "soon" }, "run"],
      [{ at: null }, "at"],
      [{ resource: { userName: "x" } }, "resource.id"],
      [{ resource: null, group: {} }, "group.id"],
      [{ resource: null }, "ended"],
    ] as const) {
      expect(() => scimRead.parse({ ...USER, ...differs }), field).toThrow(RecordError);
      expect(() => scimRead.parse({ ...USER, ...differs }), field).toThrow(field);
    }
  });

  it("is told from other records", () => {
    expect([USER, GROUP, ENDED].every(scimRead.detect)).toBe(true);
    expect([null, 1, [], {}, { $scimRead: 2 }].some(scimRead.detect)).toBe(false);
  });
});
