/**
 * What Entra and Okta send, request by request as their documentation has it, and what comes of it: the right users and groups,
 * and the right answers of the reports.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_WORKSPACE } from "../../db/client.ts";
import { commandLine } from "../auth/caller.ts";
import { entry } from "../ingest/adapters/scim/fixtures.ts";
import { ingestText } from "../ingest/testing.ts";
import { differences } from "../reports/check.ts";
import { runReport } from "../reports/run.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { addScimSource } from "./add-scim-source.ts";
import { ENTERPRISE, type Json, USER } from "./schemas.ts";
import { caller, type ScimEndpoint, scimEndpoint } from "./testing/endpoint.ts";

const W = DEFAULT_WORKSPACE;
const PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
const test = testDatabase();
let endpoint: ScimEndpoint;

beforeAll(async () => {
  endpoint = await scimEndpoint(test.db);
});
afterAll(() => endpoint.close());

async function provider(source: string) {
  const { secret } = await addScimSource(test.db, W, commandLine(), { source, governsMembers: false });
  return caller(endpoint.url, secret);
}

const patch = (...Operations: Json[]): Json => ({ schemas: [PATCH_OP], Operations });
const find = (path: string, filter: string) => `${path}?${new URLSearchParams({ filter })}`;

/** What an application's own SCIM log says of somebody's account. */
const atSlack = (method: string, userName: string, requestBody: Json = {}) =>
  ingestText(
    test.db,
    W,
    JSON.stringify(
      entry(
        method,
        method === "POST" ? "/Users" : `/Users/at-slack-${userName}`,
        method === "POST" ? 201 : 200,
        {
          time: new Date().toISOString(),
          application: "Slack",
          requestBody,
          responseBody: { id: `at-slack-${userName}`, userName },
        },
      ),
    ),
    "slack",
    "scim",
  );

const leaving = async (userName: string) =>
  (await runReport(test.db, W, "offboarding")).rows
    .filter(({ identity }) => identity.userName === userName)
    .map(({ application, status, trigger, source, department }) => ({
      application,
      status,
      trigger,
      source,
      department,
    }));

const changesOf = async (userName: string) =>
  (await runReport(test.db, W, "movers")).moves
    .filter(({ identity }) => identity.userName === userName)
    .flatMap(({ changes }) => changes.map(({ what, from, to }) => [what, from, to]));

describe("Entra", () => {
  const NAME = "alice@contoso.example";

  it("tests the connection, makes, changes and deactivates a user, and keeps a group", async () => {
    const call = await provider("entra-scim");
    // "Test connection" asks for a user who is not there.
    const tested = await call("GET", find("/Users", 'userName eq "0a3c0c9e-non-existing"'));
    expect([tested.status, tested.body.totalResults, tested.body.Resources]).toEqual([200, 0, []]);

    expect((await call("GET", find("/Users", `userName eq "${NAME}"`))).body.totalResults).toBe(0);
    const boss = await call("POST", "/Users", {
      schemas: [USER],
      userName: "boss@contoso.example",
      displayName: "The Boss",
    });
    const made = await call("POST", "/Users", {
      schemas: [USER, ENTERPRISE],
      externalId: "alice",
      userName: NAME,
      active: true,
      displayName: "Alice Moss",
      emails: [{ primary: true, type: "work", value: "alice.moss@contoso.example" }],
      meta: { resourceType: "User" },
      name: { formatted: "Alice Moss", familyName: "Moss", givenName: "Alice" },
      [ENTERPRISE]: { department: "Research" },
    });
    expect(made.status).toBe(201);
    const { id } = made.body;
    const user = `/Users/${id}`;
    await atSlack("POST", NAME, { userName: NAME });

    // The same user asked for again, by both names that Entra matches by.
    expect(
      (await call("GET", find("/Users", `userName eq "${NAME.toUpperCase()}"`))).body.Resources[0].id,
    ).toBe(id);
    expect((await call("GET", find("/Users", 'externalId eq "alice"'))).body.Resources[0].id).toBe(id);

    const changed = await call(
      "PATCH",
      user,
      patch(
        { op: "Replace", path: 'emails[type eq "work"].value', value: "moss@contoso.example" },
        { op: "Replace", path: "name.familyName", value: "Fern" },
        { op: "Add", path: `${ENTERPRISE}:manager`, value: boss.body.id },
        { op: "Replace", path: `${ENTERPRISE}:department`, value: "Sales" },
        { op: "Add", path: 'phoneNumbers[type eq "mobile"].value', value: "+41 1" },
      ),
    );
    expect([changed.status, changed.body.emails[0].value, changed.body.name.familyName]).toEqual([
      200,
      "moss@contoso.example",
      "Fern",
    ]);
    expect(changed.body[ENTERPRISE]).toMatchObject({
      department: "Sales",
      manager: { displayName: "The Boss" },
    });
    const several = await call(
      "PATCH",
      user,
      patch({
        op: "replace",
        value: { displayName: "Alice Fern", "name.givenName": "Ali", [`${ENTERPRISE}:costCenter`]: "C-1" },
      }),
    );
    expect(several.body).toMatchObject({
      displayName: "Alice Fern",
      name: { givenName: "Ali", familyName: "Fern" },
    });
    // A manager who is heard of for the first time is no change.
    expect(await changesOf(NAME)).toEqual([["department", "Research", "Sales"]]);

    // Groups: made empty, found by name without members, members added and removed, asked for one by one.
    const group = await call("POST", "/Groups", {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
      displayName: "Botanists",
      externalId: "g-1",
    });
    const path = `/Groups/${group.body.id}`;
    const found = await call(
      "GET",
      `/Groups?excludedAttributes=members&${new URLSearchParams({ filter: 'displayName eq "botanists"' })}`,
    );
    expect(found.body.Resources[0].id).toBe(group.body.id);
    expect(
      (
        await call(
          "PATCH",
          path,
          patch({
            op: "Add",
            path: "members",
            value: [
              { $ref: null, value: id },
              { $ref: null, value: boss.body.id },
            ],
          }),
        )
      ).status,
    ).toBe(204);
    const asked = await call(
      "GET",
      `/Groups?${new URLSearchParams({ filter: `id eq "${group.body.id}" and members eq "${id}"`, attributes: "id" })}`,
    );
    expect(asked.body.totalResults).toBe(1);
    expect(
      (
        await call(
          "PATCH",
          path,
          patch({ op: "Remove", path: "members", value: [{ $ref: null, value: id }] }),
        )
      ).status,
    ).toBe(204);
    expect((await call("GET", path)).body.members.map(({ value }: Json) => value)).toEqual([boss.body.id]);
    expect(
      (await call("PATCH", path, patch({ op: "Replace", path: "displayName", value: "Gardeners" }))).status,
    ).toBe(204);
    expect((await changesOf(NAME)).at(-1)).toEqual(["group", "Botanists", null]);

    // A leaver: the case opens with this request, and ends at the application.
    expect(await leaving(NAME)).toEqual([]);
    const left = await call("PATCH", user, patch({ op: "Replace", path: "active", value: "False" }));
    expect([left.status, left.body.active]).toEqual([200, false]);
    const step = { application: "Slack", trigger: "deactivate", source: "entra-scim", department: "Sales" };
    expect(await leaving(NAME)).toEqual([{ ...step, status: "open" }]);
    await atSlack("PATCH", NAME, patch({ op: "replace", path: "active", value: false }));
    expect(await leaving(NAME)).toEqual([{ ...step, status: "completed" }]);

    // Thirty days after the soft deletion the user goes for good.
    expect((await call("DELETE", user)).status).toBe(204);
    expect((await call("GET", user)).status).toBe(404);
    expect((await call("DELETE", path)).status).toBe(204);
    expect(await differences(test.db, W)).toEqual([]);
  });
});

describe("Okta", () => {
  const NAME = "bob@larkspur.example";

  it("makes a user, updates the profile by PUT, deactivates and reactivates by PATCH, and pushes a group", async () => {
    const call = await provider("okta-scim");
    expect(
      (await call("GET", `${find("/Users", `userName eq "${NAME}"`)}&startIndex=1&count=100`)).body
        .totalResults,
    ).toBe(0);
    const profile: Json = {
      schemas: [USER],
      userName: NAME,
      name: { givenName: "Bob", familyName: "Reed" },
      emails: [{ primary: true, value: NAME, type: "work" }],
      displayName: "Bob Reed",
      locale: "en-US",
      externalId: "00ujl29u0le5T6Aj10h7",
      groups: [],
      password: "1mz050nq",
      active: true,
    };
    const made = await call("POST", "/Users", profile);
    expect([made.status, made.body.password]).toEqual([201, undefined]);
    const user = `/Users/${made.body.id}`;
    expect((await call("POST", "/Users", profile)).status).toBe(409);
    await atSlack("POST", NAME, { userName: NAME });

    const put = await call("PUT", user, {
      ...profile,
      ...made.body,
      title: "Clerk",
      name: { givenName: "Robert", familyName: "Reed" },
    });
    expect([put.status, put.body.name.givenName, put.body.title]).toEqual([200, "Robert", "Clerk"]);
    expect((await call("PUT", user, { ...profile, title: "Head of clerks" })).body.title).toBe(
      "Head of clerks",
    );
    expect(await changesOf(NAME)).toEqual([["title", "Clerk", "Head of clerks"]]);

    const group = await call("POST", "/Groups", {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
      displayName: "Clerks",
      members: [],
    });
    const path = `/Groups/${group.body.id}`;
    expect(
      (
        await call(
          "PATCH",
          path,
          patch({ op: "replace", value: { id: group.body.id, displayName: "All clerks" } }),
        )
      ).status,
    ).toBe(204);
    await call(
      "PATCH",
      path,
      patch({ op: "add", path: "members", value: [{ value: made.body.id, display: NAME }] }),
    );
    const whole = await call("PUT", path, {
      displayName: "All clerks",
      members: [{ value: made.body.id, display: NAME }],
    });
    expect([whole.status, whole.body.members.length]).toEqual([200, 1]);
    await call("PATCH", path, patch({ op: "remove", path: `members[value eq "${made.body.id}"]` }));
    expect((await call("GET", path)).body.members).toBeUndefined();

    const left = await call("PATCH", user, patch({ op: "replace", value: { active: false } }));
    expect([left.status, left.body.active]).toEqual([200, false]);
    expect(await leaving(NAME)).toMatchObject([
      { application: "Slack", status: "open", source: "okta-scim" },
    ]);
    // A profile that is pushed again tells of nobody's leaving or coming.
    await call("PUT", user, { ...profile, active: false });
    expect(await leaving(NAME)).toMatchObject([{ status: "open" }]);
    await call("PATCH", user, patch({ op: "replace", value: { active: true } }));
    expect(await leaving(NAME)).toMatchObject([{ status: "rehired" }]);
    expect(await differences(test.db, W)).toEqual([]);
  });
});

describe("the log", () => {
  it("keeps each request that changes something, and each that was refused, with its source, and no password", async () => {
    const call = await provider("kept");
    const { body } = await call("POST", "/Users", { userName: "carol", password: "t0p-secret" });
    await call("GET", "/Users");
    await call("PATCH", `/Users/${body.id}`, patch({ op: "replace", path: "password", value: "t0p-secret" }));
    await call("POST", "/Users", { userName: "carol", password: "t0p-secret" });
    await call("PATCH", `/Users/${body.id}`, patch({ op: "replace", path: "nothing", value: "x" }));
    const counts = await test.owner.sql`
      select s.source, sum(s.records)::int records, (select accepted::int from ingests i where i.source = s.source) accepted
      from segments s where s.source = 'kept' group by s.source`;
    expect(counts.map((row) => ({ ...row }))).toEqual([{ source: "kept", records: 4, accepted: 4 }]);
    expect(await test.owner.sql`select reason from rejected_records`).toEqual([]);
    for await (const { text } of rawOf("kept")) expect(text).not.toContain("t0p-secret");
  });

  async function* rawOf(source: string): AsyncGenerator<{ text: string }> {
    const { unpackRaw } = await import("../../db/log/segment.ts");
    const rows = await test.owner.sql<{ raw: Buffer }[]>`select raw from segments where source = ${source}`;
    expect(rows.length).toBeGreaterThan(0);
    for (const { raw } of rows) {
      const text = Buffer.from(unpackRaw(raw)).toString("utf8");
      expect(text).toContain("carol");
      yield { text };
    }
  }
});
