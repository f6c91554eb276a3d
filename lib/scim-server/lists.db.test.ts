/** Lists of the SCIM endpoint: pages, order, attributes, searches. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testDatabase } from "../runtime/testing/database.ts";
import { type Json, USER } from "./schemas.ts";
import { type caller, type ScimEndpoint, scimEndpoint, scimProvider } from "./testing/endpoint.ts";

const test = testDatabase();
let endpoint: ScimEndpoint;

beforeAll(async () => {
  endpoint = await scimEndpoint(test.db);
});
afterAll(() => endpoint.close());

const provider = (source: string) => scimProvider(test.db, endpoint, source);

const LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
const query = (parameters: Record<string, string>) => `?${new URLSearchParams(parameters)}`;

describe("a list", () => {
  let call: ReturnType<typeof caller>;
  const NAMES = ["Dora", "alice", "Bob", "carol", "erin", "Frank", "gus"];
  beforeAll(async () => {
    ({ call } = await provider("lists"));
    for (const [i, name] of NAMES.entries()) {
      await call("POST", "/Users", {
        userName: name,
        active: i % 2 === 0,
        title: i < 3 ? `T${9 - i}` : undefined,
        emails: [
          { type: "home", value: `z${i}@x.example` },
          { type: "work", value: `${9 - i}@x.example`, primary: true },
        ],
      });
    }
    await call("POST", "/Groups", { displayName: "alice" });
  });
  const names = ({ body }: { body: Json }) => (body.Resources as Json[]).map(({ userName }) => userName);

  it("is a page of what fits, by index", async () => {
    const all = await call("GET", "/Users");
    expect(all.body).toMatchObject({ schemas: [LIST], totalResults: 7, itemsPerPage: 7, startIndex: 1 });
    expect(names(all)).toEqual(NAMES);
    const page = await call("GET", "/Users?startIndex=3&count=2");
    expect(page.body).toMatchObject({ totalResults: 7, itemsPerPage: 2, startIndex: 3 });
    expect(names(page)).toEqual(["Bob", "carol"]);
    expect((await call("GET", "/Users?startIndex=99")).body).toMatchObject({
      totalResults: 7,
      itemsPerPage: 0,
      Resources: [],
    });
    expect((await call("GET", "/Users?count=0")).body).toMatchObject({ totalResults: 7, Resources: [] });
    expect((await call("GET", "/Users?count=-5&startIndex=-5")).body).toMatchObject({
      startIndex: 1,
      Resources: [],
    });
    const found = await call(
      "GET",
      `/Users${query({ filter: "active eq false", startIndex: "2", count: "1" })}`,
    );
    expect([found.body.totalResults, names(found)]).toEqual([3, ["carol"]]);
    expect(names(await call("GET", `/Users${query({ filter: 'USERNAME eq "ALICE"' })}`))).toEqual(["alice"]);
    expect((await call("GET", `/Users${query({ filter: 'userName eq "nobody"' })}`)).body.totalResults).toBe(
      0,
    );
    expect((await call("GET", `/Users${query({ filter: 'id eq "nobody"' })}`)).body.totalResults).toBe(0);
  });

  it("is sorted as asked", async () => {
    const sorted = async (parameters: Record<string, string>) =>
      names(await call("GET", `/Users${query(parameters)}`));
    expect(await sorted({ sortBy: "userName" })).toEqual([
      "alice",
      "Bob",
      "carol",
      "Dora",
      "erin",
      "Frank",
      "gus",
    ]);
    expect(await sorted({ sortBy: "userName", sortOrder: "descending", count: "2" })).toEqual([
      "gus",
      "Frank",
    ]);
    // Who has none comes last, and first when it is turned round.
    expect((await sorted({ sortBy: "title" })).slice(0, 4)).toEqual(["Bob", "alice", "Dora", "carol"]);
    expect((await sorted({ sortBy: "title", sortOrder: "descending" })).slice(-3)).toEqual([
      "Dora",
      "alice",
      "Bob",
    ]);
    // The primary address counts.
    expect(await sorted({ sortBy: "emails" })).toEqual([...NAMES].reverse());
    expect((await call("GET", `/Users${query({ sortBy: "nonsense" })}`)).body.scimType).toBe("invalidPath");
  });

  it("goes from page to page by cursor, whatever comes and goes meanwhile", async () => {
    for (const parameters of [
      {},
      { filter: 'userName pr and emails.type eq "work"' },
      { sortBy: "userName" },
    ]) {
      const own = `cursor-${Object.keys(parameters).join().toLowerCase()}`;
      const { call } = await provider(own);
      for (let i = 1; i <= 7; i++)
        await call("POST", "/Users", { userName: `u${i}`, emails: [{ type: "work", value: "x" }] });
      const seen: unknown[] = [];
      let page = await call("GET", `/Users${query({ ...parameters, cursor: "", count: "3" })}`);
      expect(page.body).toMatchObject({ totalResults: 7, itemsPerPage: 3 });
      expect(page.body.startIndex).toBeUndefined();
      for (let turns = 0; ; turns++) {
        seen.push(...names(page));
        const { nextCursor } = page.body;
        if (nextCursor === undefined) break;
        expect(nextCursor).toMatch(/^[\w.~-]+$/u);
        // One that was seen goes: the others move up, and none is left out.
        if (turns === 0) await call("DELETE", `/Users/${page.body.Resources[0].id}`);
        page = await call("GET", `/Users${query({ ...parameters, cursor: nextCursor, count: "3" })}`);
      }
      expect(seen).toEqual(["u1", "u2", "u3", "u4", "u5", "u6", "u7"]);
    }
  });

  it("refuses cursors that are none of its own, or too old", async () => {
    const { nextCursor } = (await call("GET", "/Users?cursor=&count=2")).body;
    const refused = async (parameters: Record<string, string>, path = "/Users") => {
      const { status, body } = await call("GET", `${path}${query(parameters)}`);
      return [status, body.scimType];
    };
    expect(await refused({ cursor: "nonsense" })).toEqual([400, "invalidCursor"]);
    expect(await refused({ cursor: nextCursor, filter: "userName pr" })).toEqual([400, "invalidCursor"]);
    expect(await refused({ cursor: nextCursor }, "/Groups")).toEqual([400, "invalidCursor"]);
    for (const count of ["0", "-1", "x"])
      expect(await refused({ cursor: "", count })).toEqual([400, "invalidCount"]);
    const [digest, , ...rest] = JSON.parse(Buffer.from(nextCursor, "base64url").toString());
    const old = Buffer.from(JSON.stringify([digest, Date.now() - 3_601_000, ...rest])).toString("base64url");
    expect(await refused({ cursor: old })).toEqual([400, "expiredCursor"]);
  });

  it("has the attributes that are asked for", async () => {
    const first = async (parameters: Record<string, string>) =>
      (await call("GET", `/Users${query({ ...parameters, count: "1" })}`)).body.Resources[0] as Json;
    const { id } = await first({});
    expect(await first({ attributes: `USERNAME,emails.value,${USER}:active` })).toEqual({
      schemas: [USER],
      id,
      userName: "Dora",
      active: true,
      emails: [{ value: "z0@x.example" }, { value: "9@x.example" }],
    });
    const without = await first({ excludedAttributes: "emails.type,meta,id,title" });
    expect(Object.keys(without).sort()).toEqual(["active", "emails", "id", "schemas", "userName"]);
    expect(without.emails).toEqual([{ value: "z0@x.example" }, { value: "9@x.example", primary: true }]);
    const both = await call("GET", "/Users?attributes=id&excludedAttributes=meta");
    expect([both.status, both.body.scimType]).toEqual([400, "invalidValue"]);
  });

  it("is searched by POST, of one type or of all", async () => {
    const search = {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
      filter: 'displayName eq "alice" or userName eq "alice"',
    };
    const found = await call("POST", "/.search", { ...search, attributes: ["displayName", "userName"] });
    expect(found.body.totalResults).toBe(2);
    expect(found.body.Resources.map(({ meta, id, ...rest }: Json) => Object.keys(rest).sort())).toEqual([
      ["schemas", "userName"],
      ["displayName", "schemas"],
    ]);
    expect((await call("POST", "/Groups/.search", search)).body.totalResults).toBe(1);
    expect((await call("POST", "/Users/.search", { ...search, count: 0 })).body).toMatchObject({
      totalResults: 1,
      Resources: [],
    });
    expect(
      (await call("GET", `/${query({ filter: 'meta.resourceType eq "Group"' })}`)).body.totalResults,
    ).toBe(1);
  });
});
