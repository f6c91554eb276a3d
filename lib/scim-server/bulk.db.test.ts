/** Bulk requests at the SCIM endpoint. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testDatabase } from "../runtime/testing/database.ts";
import type { Json } from "./schemas.ts";
import { type ScimEndpoint, scimEndpoint, scimProvider } from "./testing/endpoint.ts";

const test = testDatabase();
let endpoint: ScimEndpoint;

beforeAll(async () => {
  endpoint = await scimEndpoint(test.db);
});
afterAll(() => endpoint.close());

const provider = (source: string) => scimProvider(test.db, endpoint, source);

describe("a bulk request", () => {
  const SCHEMA = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

  it("carries each operation out for itself; what refers to others waits for them", async () => {
    const { call } = await provider("bulk");
    const known = (await call("POST", "/Users", { userName: "known" })).body;
    const answer = await call("POST", "/Bulk", {
      schemas: [SCHEMA],
      Operations: [
        {
          method: "POST",
          path: "/Groups",
          bulkId: "g",
          data: { displayName: "Staff", members: [{ value: "bulkId:u" }] },
        },
        { method: "POST", path: "/Users", bulkId: "u", data: { userName: "alice" } },
        {
          method: "PATCH",
          path: `/Users/${known.id}`,
          version: 'W/"9"',
          data: { Operations: [{ op: "replace", value: { title: "x" } }] },
        },
        { method: "PUT", path: "/Users/bulkId:u", data: { userName: "alice", title: "Botanist" } },
        { method: "DELETE", path: `/Users/${known.id}` },
        { method: "POST", path: "/Users", bulkId: "again", data: { userName: "ALICE" } },
        {
          method: "POST",
          path: "/Groups",
          bulkId: "lost",
          data: { displayName: "Lost", members: [{ value: "bulkId:nobody" }] },
        },
        { method: "GET", path: "/Users" },
      ],
    });
    expect(answer.status).toBe(200);
    expect(answer.body.schemas).toEqual(["urn:ietf:params:scim:api:messages:2.0:BulkResponse"]);
    const told = answer.body.Operations as Json[];
    expect(told.map(({ status }) => status)).toEqual([
      "201",
      "201",
      "412",
      "200",
      "204",
      "409",
      "400",
      "400",
    ]);
    expect(told.map(({ bulkId }) => bulkId ?? null)).toEqual([
      "g",
      "u",
      null,
      null,
      null,
      "again",
      "lost",
      null,
    ]);
    expect(told[5]?.response).toMatchObject({ scimType: "uniqueness" });
    const group = await call("GET", String(told[0]?.location).slice(endpoint.url.length));
    expect(told[1]?.location).toBe(`${endpoint.url}/Users/${group.body.members[0].value}`);
    expect((await call("GET", `/Users/${group.body.members[0].value}`)).body.title).toBe("Botanist");
  });

  it("resolves groups that refer to one another", async () => {
    const { call } = await provider("circle");
    const { body } = await call("POST", "/Bulk", {
      schemas: [SCHEMA],
      Operations: ["a", "b"].map((name, i) => ({
        method: "POST",
        path: "/Groups",
        bulkId: name,
        data: { displayName: name, members: [{ value: `bulkId:${["b", "a"][i]}`, type: "Group" }] },
      })),
    });
    expect(body.Operations.map(({ status }: Json) => status)).toEqual(["201", "201"]);
    const groups = (await call("GET", "/Groups")).body.Resources as Json[];
    for (const { members } of groups)
      expect(members).toEqual([
        expect.objectContaining({ type: "Group", display: expect.stringMatching(/^[ab]$/u) }),
      ]);
    for (const [i, { version }] of (body.Operations as Json[]).entries())
      expect(groups.find(({ displayName }) => displayName === ["a", "b"][i])?.meta).toMatchObject({
        version,
      });
  });

  it("stops behind as many errors as it may have, and has a size", async () => {
    const { call } = await provider("bulk-ends");
    const bad = { method: "DELETE", path: "/Users/nobody" };
    const last = { method: "POST", path: "/Users", bulkId: "x", data: { userName: "x" } };
    const { body } = await call("POST", "/Bulk", {
      schemas: [SCHEMA],
      failOnErrors: 2,
      Operations: [bad, bad, last],
    });
    expect(body.Operations.map(({ status }: Json) => status)).toEqual(["404", "404"]);
    expect((await call("GET", "/Users")).body.totalResults).toBe(0);
    const many = await call("POST", "/Bulk", {
      schemas: [SCHEMA],
      Operations: Array.from({ length: 501 }, () => bad),
    });
    expect([many.status, many.body.status]).toEqual([413, "413"]);
    expect((await call("POST", "/Bulk", { schemas: [SCHEMA] })).body.scimType).toBe("invalidSyntax");
  });
});
