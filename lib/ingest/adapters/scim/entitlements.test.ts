import { describe, expect, it } from "vitest";
import { scim } from "./adapter.ts";
import { type Data, entry, GROUP, NEW_USER, USER } from "./fixtures.ts";
import { only, patched, regrouped, story } from "./testing.ts";

describe("roles and entitlements", () => {
  it.each<[string, Data[], string[]]>([
    [
      "a grant",
      [{ op: "add", path: "roles", value: [{ value: "admin", display: "Administrator" }] }],
      ["role-grant Administrator"],
    ],
    [
      "two grants",
      [{ op: "add", path: "entitlements", value: [{ value: "a" }, { value: "b" }] }],
      ["role-grant a", "role-grant b"],
    ],
    ["a text", [{ op: "Add", path: 'roles[primary eq "True"].value', value: "admin" }], ["role-grant admin"]],
    ["a loss by filter", [{ op: "remove", path: 'roles[value eq "admin"]' }], ["role-revoke admin"]],
    [
      "a loss by value",
      [{ op: "remove", path: "roles", value: [{ value: "admin" }] }],
      ["role-revoke admin"],
    ],
    ["a loss of all", [{ op: "remove", path: "roles" }], ["update -"]],
    ["no roles", [{ op: "replace", path: "roles", value: [] }], ["update -"]],
    [
      "a role's name",
      [{ op: "replace", path: 'roles[value eq "admin"].display', value: "Boss" }],
      ["update -"],
    ],
    [
      "another change beside",
      [
        { op: "add", path: "roles", value: [{ value: "admin" }] },
        { op: "replace", path: "title", value: "x" },
      ],
      ["update -", "role-grant admin"],
    ],
    [
      "a deactivation beside",
      [
        { op: "remove", path: 'roles[value eq "admin"]' },
        { op: "replace", path: "active", value: false },
      ],
      ["deactivate -", "role-revoke admin"],
    ],
  ])("%s", (_, operations, expected) => {
    const events = scim.parse(patched(...operations));
    expect(events.map(({ operation, entitlement }) => `${operation} ${entitlement?.name ?? "-"}`)).toEqual(
      expected,
    );
    expect(events.every(({ account }) => account?.id === "u-1")).toBe(true);
  });

  it("that come with a new account or a whole resource are granted", () => {
    const roles = [{ value: "admin" }];
    const made = entry("POST", "/Users", 201, { requestBody: NEW_USER, responseBody: { ...USER, roles } });
    expect(story(made)).toEqual([
      "provisioning create success user u-1 -",
      "provisioning role-grant success user u-1 admin",
    ]);
    const put = entry("PUT", "/Users/u-1", 200, { requestBody: { ...NEW_USER, roles }, responseBody: USER });
    expect(story(put)[1]).toBe("provisioning role-grant success user u-1 admin");
    expect(story({ ...put, requestBody: NEW_USER, responseBody: { ...USER, roles } })).toHaveLength(1);
  });

  it("that failed with the request are one failure each, or one with the rest of it", () => {
    const grant = { op: "add", path: "roles", value: [{ value: "a" }, { value: "b" }] };
    expect(story({ ...patched(grant), status: 403 })).toEqual([
      "provisioning role-grant failure user u-1 a",
      "provisioning role-grant failure user u-1 b",
    ]);
    const more = { op: "replace", path: "title", value: "x" };
    expect(story({ ...patched(grant, more), status: 403 })).toEqual([
      "provisioning update failure user u-1 -",
    ]);
  });
});

describe("members of groups", () => {
  it.each<[string, Data[], string[]]>([
    [
      "added, one event each",
      [{ op: "add", path: "members", value: [{ value: "u-1", display: "Alice" }, { value: "u-2" }] }],
      ["member-add success user u-1 g-1", "member-add success user u-2 g-1"],
    ],
    [
      "added alone",
      [{ op: "Add", path: "members", value: { value: "u-1" } }],
      ["member-add success user u-1 g-1"],
    ],
    [
      "added without a path",
      [{ op: "add", value: { members: [{ value: "u-1" }] } }],
      ["member-add success user u-1 g-1"],
    ],
    [
      "replaced",
      [{ op: "replace", path: "members", value: [{ value: "u-1" }] }],
      ["member-add success user u-1 g-1"],
    ],
    [
      "removed by filter",
      [{ op: "remove", path: 'members[value eq "u-1"]' }],
      ["member-remove success user u-1 g-1"],
    ],
    [
      "removed by a filter of several",
      [{ op: "remove", path: 'members[value eq "u-1" or value eq "u-2"]' }],
      ["member-remove success user u-1 g-1", "member-remove success user u-2 g-1"],
    ],
    [
      "removed by value",
      [{ op: "Remove", path: "members", value: [{ value: "u-1" }] }],
      ["member-remove success user u-1 g-1"],
    ],
    ["removed without a name", [{ op: "remove", path: "members" }], ["update success group - g-1"]],
    [
      "removed by another filter",
      [{ op: "remove", path: 'members[not (value eq "u-1")]' }],
      ["update success group - g-1"],
    ],
    [
      "that are groups",
      [{ op: "add", path: "members", value: [{ value: "g-2", type: "Group" }] }],
      ["update success group - g-1"],
    ],
    [
      "left alone",
      [{ op: "replace", path: "displayName", value: "Chemists" }],
      ["update success group - Chemists"],
    ],
  ])("%s", (_, operations, expected) => {
    expect(story(regrouped(...operations)).map((line) => line.replace("provisioning ", ""))).toEqual(
      expected,
    );
  });

  it("come and go in one request, beside a change of the group", () => {
    const record = regrouped(
      { op: "replace", path: "displayName", value: "Chemists" },
      { op: "add", path: "members", value: [{ value: "u-1" }] },
      { op: "remove", path: 'members[value eq "u-2"]' },
    );
    expect(story(record)).toEqual([
      "provisioning update success group - Chemists",
      "provisioning member-add success user u-1 Chemists",
      "provisioning member-remove success user u-2 Chemists",
    ]);
    expect(story({ ...record, status: 500 })).toEqual(["provisioning update failure group - g-1"]);
  });

  it("belong to the group by its id, and by its name where the answer has it", () => {
    const record = {
      ...regrouped({ op: "add", path: "members", value: [{ value: "u-1", display: "Alice" }] }),
      responseBody: GROUP,
    };
    expect(only(record)).toMatchObject({
      account: { id: "u-1", userName: null, displayName: "Alice" },
      entitlement: { kind: "group", id: "g-1", name: "Engineering" },
    });
  });

  it("come with a new group and with a whole one", () => {
    for (const record of [
      entry("POST", "/Groups", 201, { requestBody: GROUP, responseBody: GROUP }),
      entry("PUT", "/Groups/g-1", 200, { requestBody: GROUP }),
    ]) {
      expect(
        scim
          .parse(record)
          .map(({ operation, account }) => `${operation} ${account?.id}`)
          .slice(1),
      ).toEqual(["member-add u-1", "member-add u-2"]);
    }
  });
});
