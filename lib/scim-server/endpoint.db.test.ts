/** The SCIM endpoint as an identity provider meets it: over HTTP, on a real database. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_WORKSPACE } from "../../db/client.ts";
import { commandLine } from "../auth/caller.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { renewScimSource } from "./renew-scim-source.ts";
import { revokeScimSource } from "./revoke-scim-source.ts";
import { ENTERPRISE, type Json, USER } from "./schemas.ts";
import { caller, type ScimEndpoint, scimEndpoint, scimProvider } from "./testing/endpoint.ts";

const W = DEFAULT_WORKSPACE;
const test = testDatabase();
let endpoint: ScimEndpoint;

beforeAll(async () => {
  endpoint = await scimEndpoint(test.db);
});
afterAll(() => endpoint.close());

const provider = (source: string) => scimProvider(test.db, endpoint, source);

const ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";
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
