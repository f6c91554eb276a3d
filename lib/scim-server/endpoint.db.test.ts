/** The SCIM endpoint as an identity provider meets it: over HTTP, on a real database. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_WORKSPACE } from "../../db/client.ts";
import { commandLine } from "../auth/caller.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { addScimSource } from "./add-scim-source.ts";
import { renewScimSource } from "./renew-scim-source.ts";
import { revokeScimSource } from "./revoke-scim-source.ts";
import { ENTERPRISE, type Json, USER } from "./schemas.ts";
import { caller, type ScimEndpoint, scimEndpoint } from "./testing/endpoint.ts";

const W = DEFAULT_WORKSPACE;
const test = testDatabase();
let endpoint: ScimEndpoint;

beforeAll(async () => {
  endpoint = await scimEndpoint(test.db);
});
afterAll(() => endpoint.close());

/** A source of its own, and its provider's calls. */
async function provider(source: string) {
  const { secret } = await addScimSource(test.db, W, commandLine(), { source, governsMembers: false });
  return { secret, call: caller(endpoint.url, secret) };
}

const ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";
const LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
const query = (parameters: Record<string, string>) => `?${new URLSearchParams(parameters)}`;

describe("a resource", () => {
  it("is made, read, replaced, patched and taken away, each as the RFC has it", async () => {
    const { call } = await provider("crud");
    const made = await call("POST", "/Users", {
      schemas: [USER, ENTERPRISE],
      externalId: "00u1",
      userName: "Alice@larkspur.example",
      name: { givenName: "Alice", familyName: "Moss" },
      emails: [{ value: "alice@larkspur.example", type: "work", primary: true }],
      password: "t0p-secret",
      [ENTERPRISE]: { department: "Research" },
    });
    expect(made.status).toBe(201);
    expect(made.headers.get("content-type")).toBe("application/scim+json");
    const { id, meta } = made.body;
    expect(made.headers.get("location")).toBe(`${endpoint.url}/Users/${id}`);
    expect(made.headers.get("etag")).toBe('W/"1"');
    expect(made.body).toMatchObject({
      schemas: [USER, ENTERPRISE],
      userName: "Alice@larkspur.example",
      active: true,
      meta: { resourceType: "User", version: 'W/"1"', location: `${endpoint.url}/Users/${id}` },
    });
    expect(made.body.password).toBeUndefined();
    expect(Date.parse(meta.created)).toBeGreaterThan(0);

    const read = await call("GET", `/Users/${id}`);
    expect([read.status, read.body]).toEqual([200, made.body]);
    const put = await call("PUT", `/Users/${id}`, { schemas: [USER], userName: "alice", title: "Botanist" });
    expect([put.status, put.body.version, put.body.title, put.body.name]).toEqual([
      200,
      undefined,
      "Botanist",
      undefined,
    ]);
    expect(put.body.schemas).toEqual([USER]);
    const patched = await call("PATCH", `/Users/${id}`, {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
      Operations: [{ op: "Replace", path: "active", value: "False" }],
    });
    expect([patched.status, patched.body.active, patched.body.meta.version]).toEqual([200, false, 'W/"3"']);
    // A PUT that says nothing of active does not bring anybody back.
    expect((await call("PUT", `/Users/${id}`, { userName: "alice" })).body.active).toBe(false);
    const gone = await call("DELETE", `/Users/${id}`);
    expect([gone.status, gone.body]).toEqual([204, {}]);
    for (const method of ["GET", "DELETE"]) expect((await call(method, `/Users/${id}`)).status).toBe(404);
    expect((await call("PUT", `/Users/${id}`, { userName: "alice" })).status).toBe(404);
  });

  it("has a userName that no other of its source has, in any case", async () => {
    const [{ call }, other] = [await provider("unique"), await provider("unique-too")];
    const first = await call("POST", "/Users", { userName: "alice" });
    const taken = await call("POST", "/Users", { userName: "ALICE" });
    expect(taken.status).toBe(409);
    expect(taken.body).toMatchObject({ schemas: [ERROR], scimType: "uniqueness", status: "409" });
    expect((await call("POST", "/Users", { userName: "bob" })).status).toBe(201);
    const renamed = await call("PATCH", `/Users/${first.body.id}`, {
      Operations: [{ op: "replace", value: { userName: "Bob" } }],
    });
    expect([renamed.status, renamed.body.scimType]).toEqual([409, "uniqueness"]);
    expect((await other.call("POST", "/Users", { userName: "alice" })).status).toBe(201);
    // Of another source nothing is seen.
    expect((await other.call("GET", `/Users/${first.body.id}`)).status).toBe(404);
    expect((await other.call("GET", "/Users")).body.totalResults).toBe(1);
  });

  it("names its groups, and a group its members", async () => {
    const { call } = await provider("groups");
    const [a, b] = await Promise.all(
      ["a", "b"].map(
        async (userName) =>
          (await call("POST", "/Users", { userName, displayName: userName.toUpperCase() })).body,
      ),
    );
    const made = await call("POST", "/Groups", {
      displayName: "Staff",
      members: [{ value: a.id, display: "?" }],
    });
    expect(made.status).toBe(201);
    expect(made.body.members).toEqual([
      { value: a.id, $ref: `${endpoint.url}/Users/${a.id}`, display: "A", type: "User" },
    ]);
    const { id } = made.body;
    const user = await call("GET", `/Users/${a.id}`);
    expect(user.body.groups).toEqual([
      { value: id, $ref: `${endpoint.url}/Groups/${id}`, display: "Staff", type: "direct" },
    ]);
    // What it is shown with has changed, so its version has.
    expect(user.body.meta.version).not.toBe(a.meta.version);
    const patched = await call("PATCH", `/Groups/${id}`, {
      Operations: [
        { op: "add", path: "members", value: [{ value: b.id }] },
        { op: "remove", path: `members[value eq "${a.id}"]` },
      ],
    });
    expect([patched.status, patched.headers.get("etag"), patched.body]).toEqual([204, 'W/"2"', {}]);
    expect((await call("GET", `/Groups/${id}`)).body.members.map(({ value }: Json) => value)).toEqual([b.id]);
    expect((await call("GET", `/Groups/${id}?excludedAttributes=members`)).body.members).toBeUndefined();
    const asked = `/Groups${query({ filter: `id eq "${id}" and members eq "${b.id}"`, attributes: "id" })}`;
    expect((await call("GET", asked)).body.Resources).toEqual([
      { schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"], id },
    ]);
    for (const value of ["nobody", "7d1f6a3e-5b0c-4a57-9a8e-0d8f4f2f9b11"]) {
      const refused = await call("PATCH", `/Groups/${id}`, {
        Operations: [{ op: "add", path: "members", value: [{ value }] }],
      });
      expect([refused.status, refused.body.scimType]).toEqual([400, "invalidValue"]);
    }
    await call("DELETE", `/Users/${b.id}`);
    expect((await call("GET", `/Groups/${id}`)).body.members).toBeUndefined();
  });

  it("names its manager where that one is known", async () => {
    const { call } = await provider("managers");
    const boss = await call("POST", "/Users", { userName: "boss", displayName: "The Boss" });
    const { body } = await call("POST", "/Users", {
      userName: "a",
      [ENTERPRISE]: { manager: { value: boss.body.id } },
    });
    expect(body[ENTERPRISE].manager).toEqual({
      value: boss.body.id,
      $ref: `${endpoint.url}/Users/${boss.body.id}`,
      displayName: "The Boss",
    });
  });
});

describe("a version", () => {
  it("is asked for with If-Match and If-None-Match", async () => {
    const { call } = await provider("etags");
    const { body, headers } = await call("POST", "/Users", { userName: "alice" });
    const path = `/Users/${body.id}`;
    const etag = headers.get("etag") ?? "";
    expect((await call("GET", path, undefined, { "if-none-match": etag })).status).toBe(304);
    expect((await call("GET", path, undefined, { "if-none-match": 'W/"9"' })).status).toBe(200);
    const rename = (userName: string, tag: string) =>
      call("PATCH", path, { Operations: [{ op: "replace", value: { userName } }] }, { "if-match": tag });
    const first = await rename("bob", etag);
    expect([first.status, first.headers.get("etag")]).toEqual([200, 'W/"2"']);
    const late = await rename("carol", etag);
    expect([late.status, late.body.status, late.body.schemas, late.headers.get("etag")]).toEqual([
      412,
      "412",
      [ERROR],
      'W/"2"',
    ]);
    expect((await call("DELETE", path, undefined, { "if-match": etag })).status).toBe(412);
    expect((await rename("carol", '"7", W/"2"')).status).toBe(200);
    expect((await rename("dave", "*")).body.meta.version).toBe('W/"4"');
    // What changes nothing makes no new version.
    expect((await rename("dave", "*")).body.meta.version).toBe('W/"4"');
  });
});

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

describe("the endpoint", () => {
  it("says what it is", async () => {
    const { call } = await provider("discovery");
    const { body } = await call("GET", "/ServiceProviderConfig");
    expect(body).toMatchObject({
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 500, maxPayloadSize: 1_048_576 },
      etag: { supported: true },
      sort: { supported: true },
      pagination: { cursor: true, index: true, maxPageSize: 500 },
    });
    expect((await call("GET", "/ResourceTypes")).body.Resources.map(({ id }: Json) => id)).toEqual([
      "User",
      "Group",
    ]);
    expect((await call("GET", "/ResourceTypes/User")).body.schemaExtensions).toEqual([
      { schema: ENTERPRISE, required: false },
    ]);
    const schemas = (await call("GET", "/Schemas")).body.Resources as Json[];
    expect(schemas.map(({ id }) => id)).toContain(ENTERPRISE);
    const user = (await call("GET", `/Schemas/${USER}`)).body;
    expect(user.attributes.find(({ name }: Json) => name === "userName")).toMatchObject({
      required: true,
      uniqueness: "server",
      caseExact: false,
    });
    expect((await call("GET", "/Schemas?filter=id%20pr")).status).toBe(403);
    for (const path of ["/Schemas/x", "/ResourceTypes/x", "/nothing", "/Users/a/b", "/Me/x"])
      expect((await call("GET", path)).body).toMatchObject({ schemas: [ERROR], status: "404" });
    expect((await call("GET", "/Me")).status).toBe(501);
  });

  it("tells what is wrong with a request", async () => {
    const { call } = await provider("refusals");
    const refused = async (method: string, path: string, body?: Json, headers?: Record<string, string>) => {
      const answer = await call(method, path, body, headers);
      expect(answer.headers.get("content-type")).toBe("application/scim+json");
      expect(answer.body.schemas).toEqual([ERROR]);
      expect(answer.body.status).toBe(String(answer.status));
      expect(answer.body.detail.length).toBeGreaterThan(5);
      return [answer.status, answer.body.scimType ?? null, answer.headers.get("allow")];
    };
    expect(await refused("GET", "/Users?filter=nonsense")).toEqual([400, "invalidFilter", null]);
    expect(await refused("GET", "/Users?startIndex=x")).toEqual([400, "invalidValue", null]);
    expect(await refused("GET", "/Users?sortBy=userName&sortOrder=up")).toEqual([400, "invalidValue", null]);
    expect(await refused("POST", "/Users", {})).toEqual([400, "invalidValue", null]);
    expect(await refused("POST", "/Groups", {})).toEqual([400, "invalidValue", null]);
    expect(await refused("POST", "/Users", { userName: "a" }, { "content-type": "text/plain" })).toEqual([
      415,
      null,
      null,
    ]);
    expect(await refused("PUT", "/Users", { userName: "a" })).toEqual([405, null, "GET, POST"]);
    expect(await refused("DELETE", "/Schemas")).toEqual([405, null, "GET"]);
    expect(await refused("GET", "/Bulk")).toEqual([405, null, "POST"]);
  });

  it("lets a source's own token in alone, as long as it is good", async () => {
    const { secret, call } = await provider("tokens");
    expect((await call("GET", "/Users")).status).toBe(200);
    for (const token of [
      "",
      "x",
      secret.slice(0, -1),
      secret.replace("rcp_", "rct_"),
      secret.replace(`_${W}_`, "_other_"),
    ])
      expect((await caller(endpoint.url, token)("GET", "/Users")).status).toBe(401);
    const renewed = await renewScimSource(test.db, W, commandLine(), "tokens");
    expect((await call("GET", "/Users")).status).toBe(401);
    const again = caller(endpoint.url, renewed.secret);
    expect((await again("GET", "/Users")).status).toBe(200);
    await revokeScimSource(test.db, W, commandLine(), "tokens");
    expect((await again("GET", "/Users")).status).toBe(401);
    const rows = await test.owner.sql`select * from scim_sources where source = 'tokens'`;
    expect(JSON.stringify(rows)).not.toContain(renewed.secret);
    const stored = await test.owner
      .sql`select before, after, object from audit_entries where verb like '%scim-source'`;
    expect(stored.length).toBeGreaterThan(2);
    expect(JSON.stringify(stored)).not.toContain(renewed.secret);
  });
});
