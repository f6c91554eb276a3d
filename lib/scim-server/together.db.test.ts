/** Requests at once, of one source: none undoes another, and the log tells of each. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { DEFAULT_WORKSPACE } from "../../db/client.ts";
import { commandLine } from "../auth/caller.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { addScimSource } from "./add-scim-source.ts";
import type { Json } from "./schemas.ts";
import { caller, type ScimEndpoint, scimEndpoint } from "./testing/endpoint.ts";

const test = testDatabase();
let endpoint: ScimEndpoint;
let call: ReturnType<typeof caller>;

beforeAll(async () => {
  endpoint = await scimEndpoint(test.db);
  const input = { source: "busy", governsMembers: false };
  call = caller(endpoint.url, (await addScimSource(test.db, DEFAULT_WORKSPACE, commandLine(), input)).secret);
});
afterAll(() => endpoint.close());

const ATTRIBUTES = [
  "title",
  "nickName",
  "displayName",
  "userType",
  "locale",
  "timezone",
  "preferredLanguage",
  "externalId",
];
const patch = (...Operations: Json[]): Json => ({ Operations });

it("PATCHes of one user at once lose nothing", async () => {
  const { body } = await call("POST", "/Users", { userName: "alice" });
  const answers = await Promise.all(
    ATTRIBUTES.map((name) =>
      call("PATCH", `/Users/${body.id}`, patch({ op: "replace", path: name, value: `new ${name}` })),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(ATTRIBUTES.map(() => 200));
  const read = (await call("GET", `/Users/${body.id}`)).body;
  for (const name of ATTRIBUTES) expect(read[name]).toBe(`new ${name}`);
  expect(read.meta.version).toBe(`W/"${ATTRIBUTES.length + 1}"`);
  // Each answer is of a version of its own.
  expect(new Set(answers.map(({ headers }) => headers.get("etag"))).size).toBe(ATTRIBUTES.length);
});

it("of changes that ask for one version one is carried out", async () => {
  const { body } = await call("POST", "/Users", { userName: "bob" });
  const answers = await Promise.all(
    ["a", "b", "c", "d"].map((title) =>
      call("PATCH", `/Users/${body.id}`, patch({ op: "replace", path: "title", value: title }), {
        "if-match": 'W/"1"',
      }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
});

it("of users with one name one is made", async () => {
  const answers = await Promise.all(
    ["carol", "Carol", "CAROL", "cARol"].map((userName) => call("POST", "/Users", { userName })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
});

it("members come and go at once, also those who are deleted meanwhile", async () => {
  const users = await Promise.all(
    Array.from(
      { length: 8 },
      async (_, i) => (await call("POST", "/Users", { userName: `u${i}` })).body.id as string,
    ),
  );
  const { body } = await call("POST", "/Groups", {
    displayName: "Staff",
    members: users.slice(0, 2).map((value) => ({ value })),
  });
  const path = `/Groups/${body.id}`;
  const answers = await Promise.all([
    ...users
      .slice(2)
      .map((value) => call("PATCH", path, patch({ op: "add", path: "members", value: [{ value }] }))),
    call("DELETE", `/Users/${users[0]}`),
    call("PATCH", path, patch({ op: "remove", path: `members[value eq "${users[1]}"]` })),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 204));
  const members = ((await call("GET", path)).body.members as Json[]).map(({ value }) => value);
  expect(members.sort()).toEqual(users.slice(2).sort());
});

it("the log has a record of each, in the order in which they were carried out", async () => {
  const { readWholeSegments } = await import("../../db/log/rewrite.ts");
  const times: string[] = [];
  const statuses: Record<string, number> = {};
  for await (const { lines } of readWholeSegments(test.owner.sql, DEFAULT_WORKSPACE)) {
    for (const { bytes } of lines) {
      const { time, status } = JSON.parse(Buffer.from(bytes).toString("utf8"));
      times.push(time);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  }
  expect(times).toEqual([...new Set(times)].sort());
  const fine = 1 + ATTRIBUTES.length + 1 + 1 + 1 + 8 + 1 + 8;
  expect(statuses).toMatchObject({ 412: 3, 409: 3 });
  expect(times.length).toBe(fine + 6);
});
