/** Records of a SCIM service that is itself a source of truth. */
import { describe, expect, it } from "vitest";
import { scim } from "./adapter.ts";
import { type Data, entry } from "./fixtures.ts";

const ALICE = {
  id: "u-1",
  externalId: "00u1",
  userName: "alice@larkspur.example",
  displayName: "Alice Moss",
  emails: [{ value: "moss@larkspur.example", primary: true }],
};

const user = (method: string, before: Data | null, after: Data | null, differs: Data = {}) =>
  scim.parse(
    entry(method, method === "POST" ? "/Users" : "/Users/u-1", method === "POST" ? 201 : 200, {
      application: "ignored",
      directory: { resource: ALICE, ...(before && { before }), ...(after && { after }) },
      ...differs,
    }),
  );

const group = (method: string, directory: Data, status = 200) =>
  scim
    .parse(
      entry(method, method === "POST" ? "/Groups" : "/Groups/g-1", status, {
        directory: { resource: { id: "g-1", displayName: "Staff" }, ...directory },
      }),
    )
    .map(({ layer, operation, outcome, object, person, entitlement }) =>
      [layer, operation, outcome, object, person?.id ?? "-", entitlement?.name ?? "-"].join(" "),
    );

describe("a record with the directory's change", () => {
  it("is the directory's word on a person, and names no application", () => {
    const [event, ...more] = user("POST", null, { active: true, department: "Research", manager: "boss" });
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      layer: "directory",
      operation: "create",
      outcome: "success",
      object: "user",
      active: true,
      application: null,
      account: null,
      person: {
        id: "u-1",
        externalId: "00u1",
        userName: "alice@larkspur.example",
        email: "moss@larkspur.example",
        displayName: "Alice Moss",
      },
      attributes: { department: "Research", manager: "boss" },
      attributesBefore: null,
    });
  });

  it.each([
    ["PATCH", { active: true }, { active: false }, "deactivate", false],
    ["PATCH", { active: false }, { active: true }, "reactivate", true],
    ["PUT", { active: true }, { active: true }, "update", true],
    // Said again: no second leaving.
    ["PUT", { active: false }, { active: false }, "update", false],
    ["PATCH", null, { active: false }, "deactivate", false],
    ["DELETE", { active: true }, null, "delete", null],
  ])("%s from %j to %j is %s", (method, before, after, operation, active) => {
    expect(user(method, before, after)[0]).toMatchObject({ operation, active });
  });

  it("tells the attributes before and after", () => {
    const [event] = user("PATCH", { active: true, title: "Clerk" }, { active: true, title: "Head" });
    expect([event?.attributesBefore, event?.attributes]).toEqual([{ title: "Clerk" }, { title: "Head" }]);
  });

  it("that was refused changes nothing, and makes nobody known", () => {
    const told = { responseBody: { detail: "taken", scimType: "uniqueness", status: "409" }, status: 409 };
    const [made] = user("POST", null, null, {
      ...told,
      requestBody: { userName: "bob", active: false },
      directory: {},
    });
    expect(made).toMatchObject({
      layer: "directory",
      operation: "create",
      outcome: "failure",
      active: null,
      person: { id: null, userName: "bob" },
      error: { class: "uniqueness", httpStatus: 409, scimType: "uniqueness", message: "taken" },
    });
    const [changed] = user("PATCH", null, null, { ...told, status: 412, requestBody: { active: false } });
    expect(changed).toMatchObject({
      operation: "update",
      outcome: "failure",
      active: null,
      person: { id: "u-1" },
    });
    const [unknown] = user("PATCH", null, null, { status: 404, directory: {} });
    expect(unknown).toMatchObject({ outcome: "failure", person: null });
  });

  it("tells who came into a group and who fell out", () => {
    const moved = {
      added: [
        { value: "u-1", type: "User", userName: "alice" },
        { value: "g-2", type: "Group" },
      ],
      removed: [{ value: "u-2", type: "User" }],
    };
    const members = [
      "directory member-add success user u-1 Staff",
      "directory member-remove success user u-2 Staff",
    ];
    expect(group("PATCH", moved, 204)).toEqual(members);
    expect(group("PUT", moved)).toEqual(["directory update success group - Staff", ...members]);
    expect(group("POST", { added: moved.added }, 201)).toEqual([
      "directory create success group - Staff",
      members[0],
    ]);
    expect(group("DELETE", { removed: moved.removed }, 204)).toEqual([
      "directory delete success group - Staff",
      members[1],
    ]);
    expect(group("PATCH", {}, 204)).toEqual(["directory update success group - Staff"]);
  });

  it("leaves what is neither user nor group as any service's", () => {
    const [event] = scim.parse(entry("POST", "/Bulk", 200, { directory: {} }));
    expect(event).toMatchObject({ layer: "provisioning", operation: "other" });
  });
});
