/** What a PATCH makes of a resource, as the RFC has it and as Entra and Okta send it. */
import { describe, expect, it } from "vitest";
import { ScimError } from "./error.ts";
import { patched } from "./patch.ts";
import { readResource } from "./resource.ts";
import { ENTERPRISE, type Json, USER } from "./schemas.ts";

const alice = (): Json => ({
  userName: "alice@larkspur.example",
  active: true,
  name: { givenName: "Alice", familyName: "Moss" },
  emails: [
    { type: "work", value: "alice@larkspur.example", primary: true },
    { type: "home", value: "alice@home.example" },
  ],
  [ENTERPRISE]: { department: "Research" },
});

const patch = (...Operations: Json[]) => patched("User", alice(), { Operations });
const group = (members: string[], ...Operations: Json[]) =>
  (
    patched(
      "Group",
      {
        displayName: "Staff",
        ...(members.length > 0 ? { members: members.map((value) => ({ value })) } : {}),
      },
      { Operations },
    ).members as Json[] | undefined
  )?.map(({ value }) => value) ?? [];

const refusal = (work: () => unknown): string | null => {
  try {
    work();
  } catch (error) {
    if (error instanceof ScimError) return error.scimType;
    throw error;
  }
  return "nothing";
};

describe("a PATCH of Entra", () => {
  it("deactivates by a text, in any case of op", () => {
    for (const value of ["False", "false", false, [{ $ref: null, value: "False" }]])
      expect(patch({ op: "Replace", path: "active", value }).active).toBe(false);
  });

  it("changes one of several values, and makes it where there is none", () => {
    const changed = patch({
      op: "Replace",
      path: 'emails[type eq "work"].value',
      value: "a.moss@larkspur.example",
    });
    expect(changed.emails).toEqual([
      { type: "work", value: "a.moss@larkspur.example", primary: true },
      { type: "home", value: "alice@home.example" },
    ]);
    const made = patch({ op: "Add", path: 'phoneNumbers[type eq "mobile"].value', value: "+41 1" });
    expect(made.phoneNumbers).toEqual([{ type: "mobile", value: "+41 1" }]);
    const role = patch({ op: "Add", path: 'roles[primary eq "True"].value', value: "admin" });
    expect(role.roles).toEqual([{ primary: true, value: "admin" }]);
  });

  it("names dotted parts, filters and extensions in one value", () => {
    const changed = patch({
      op: "replace",
      value: {
        displayName: "A. Moss",
        "name.familyName": "Fern",
        'emails[type eq "home"].value': "moss@home.example",
        [`${ENTERPRISE}:department`]: "Sales",
        [ENTERPRISE]: { costCenter: "C-1" },
        "urn:example:unknown": "x",
      },
    });
    expect(changed).toMatchObject({
      displayName: "A. Moss",
      name: { givenName: "Alice", familyName: "Fern" },
      [ENTERPRISE]: { department: "Sales", costCenter: "C-1" },
    });
    expect((changed.emails as Json[])[1]?.value).toBe("moss@home.example");
  });

  it("gives the manager as a text", () => {
    const changed = patch({ op: "Add", path: `${ENTERPRISE}:manager`, value: "26118915" });
    expect(changed[ENTERPRISE]).toEqual({ department: "Research", manager: { value: "26118915" } });
  });

  it("removes members by a list of values, or by a filter", () => {
    expect(
      group(["a", "b", "c"], { op: "Remove", path: "members", value: [{ $ref: null, value: "b" }] }),
    ).toEqual(["a", "c"]);
    expect(group(["a", "b", "c"], { op: "Remove", path: 'members[value eq "c"]' })).toEqual(["a", "b"]);
    expect(group(["a"], { op: "Add", path: "members", value: [{ value: "b" }, { value: "a" }] })).toEqual([
      "a",
      "b",
    ]);
  });
});

describe("a PATCH of Okta", () => {
  it("deactivates by a value without a path", () => {
    expect(patch({ op: "replace", value: { active: false } }).active).toBe(false);
  });

  it("renames a group with its id beside the name", () => {
    const renamed = patched(
      "Group",
      { displayName: "Staff" },
      {
        Operations: [{ op: "replace", value: { id: "abf4dd94", displayName: "Everyone" } }],
      },
    );
    expect(renamed).toEqual({ displayName: "Everyone" });
  });

  it("replaces all members, and takes all away", () => {
    expect(
      group(["a", "b"], { op: "replace", path: "members", value: [{ value: "c", display: "C" }] }),
    ).toEqual(["c"]);
    expect(group(["a", "b"], { op: "remove", path: "members" })).toEqual([]);
    expect(group(["a", "b"], { op: "replace", path: "members", value: [] })).toEqual([]);
  });
});

describe("a PATCH", () => {
  it("leaves the resource as it was, and does all or nothing", () => {
    const before = alice();
    expect(() =>
      patched("User", before, {
        Operations: [
          { op: "replace", path: "title", value: "x" },
          { op: "replace", path: "nonsense", value: 1 },
        ],
      }),
    ).toThrow(ScimError);
    expect(before).toEqual(alice());
  });

  it("lets one value at most be primary", () => {
    const { emails } = patch({
      op: "add",
      path: "emails",
      value: { type: "other", value: "x@y.example", primary: true },
    });
    expect((emails as Json[]).map(({ primary }) => primary ?? null)).toEqual([false, null, true]);
  });

  it("merges a complex attribute, and takes parts and wholes away", () => {
    expect(patch({ op: "replace", path: "name", value: { givenName: "Alicia" } }).name).toEqual({
      givenName: "Alicia",
      familyName: "Moss",
    });
    expect(patch({ op: "remove", path: "name.givenName" }).name).toEqual({ familyName: "Moss" });
    expect(patch({ op: "remove", path: `${ENTERPRISE}:department` })[ENTERPRISE]).toBeUndefined();
    expect(patch({ op: "replace", path: `${USER}:title`, value: "Botanist" }).title).toBe("Botanist");
    expect(patch({ op: "remove", path: 'emails[type eq "nothing"]' }).emails).toEqual(alice().emails);
  });

  it("keeps no password", () => {
    expect(patch({ op: "replace", path: "password", value: "t0p" })).toEqual(alice());
    expect(patch({ op: "replace", value: { password: "t0p" } })).toEqual(alice());
  });

  it.each([
    ["invalidSyntax", { op: "move", path: "title", value: "x" }],
    ["noTarget", { op: "remove" }],
    ["invalidPath", { op: "replace", path: "nothing", value: "x" }],
    ["invalidPath", { op: "replace", path: "title[value eq", value: "x" }],
    ["invalidPath", { op: "replace", path: "title.part", value: "x" }],
    ["invalidPath", { op: "replace", path: 'title[value eq "x"]', value: "x" }],
    ["invalidPath", { op: "replace", path: 5, value: "x" }],
    ["mutability", { op: "replace", path: "id", value: "x" }],
    ["mutability", { op: "replace", path: "groups", value: [] }],
    ["noTarget", { op: "replace", path: 'emails[value co "nobody"].value', value: "x" }],
    ["invalidValue", { op: "replace", path: "active", value: "perhaps" }],
    ["invalidValue", { op: "replace", path: "userName", value: { a: 1 } }],
    ["invalidValue", { op: "replace", path: "userName", value: " " }],
    ["invalidValue", { op: "remove", path: "userName" }],
    ["invalidValue", { op: "add", path: "title" }],
    ["invalidValue", { op: "add", value: "x" }],
    ["invalidFilter", { op: "replace", path: "emails[primary gt true].value", value: "x" }],
  ])("is refused with %s: %j", (scimType, operation) => {
    expect(refusal(() => patch(operation as Json))).toBe(scimType);
  });

  it("has operations", () => {
    for (const body of [null, [], {}, { Operations: [] }, { Operations: {} }, { Operations: ["x"] }])
      expect(refusal(() => patched("User", alice(), body))).toBe("invalidSyntax");
  });
});

describe("a resource that comes in", () => {
  it("has every attribute under its own name and of its type; what nobody knows and what the server sets is left out", () => {
    const read = readResource("User", {
      SCHEMAS: [USER, ENTERPRISE],
      id: "mine",
      UserName: "bob",
      active: "True",
      password: "t0p",
      Emails: { value: "bob@larkspur.example", verified: true },
      title: null,
      groups: [{ value: "x" }],
      meta: { version: "1" },
      [ENTERPRISE.toUpperCase()]: { Department: "Sales", manager: "m-1" },
      favourite: "green",
    });
    expect(read).toEqual({
      userName: "bob",
      active: true,
      emails: [{ value: "bob@larkspur.example" }],
      [ENTERPRISE]: { department: "Sales", manager: { value: "m-1" } },
    });
  });

  it.each([
    ["invalidSyntax", []],
    ["invalidSyntax", { userName: "a", USERNAME: "b" }],
    ["invalidSyntax", { schemas: ["urn:example"], userName: "a" }],
    ["invalidValue", {}],
    ["invalidValue", { userName: "" }],
    ["invalidValue", { userName: "a".repeat(501) }],
    ["invalidValue", { userName: "a", name: "Alice" }],
    ["invalidValue", { userName: "a", active: 5 }],
    [
      "invalidValue",
      {
        userName: "a",
        emails: [
          { value: "x", primary: true },
          { value: "y", primary: true },
        ],
      },
    ],
  ])("is refused with %s: %j", (scimType, body) => {
    expect(refusal(() => readResource("User", body))).toBe(scimType);
  });
});
