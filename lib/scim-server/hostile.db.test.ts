/** Whatever comes with a good token is answered as SCIM has it, never by a failure, and the log goes on. */
import { randomInt } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_WORKSPACE } from "../../db/client.ts";
import { commandLine } from "../auth/caller.ts";
import { filterFor, scimBodyFor } from "../fuzz/targets/scim-server.ts";
import { differences } from "../reports/check.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { Random } from "../sample/random.ts";
import { addScimSource } from "./add-scim-source.ts";
import type { Json } from "./schemas.ts";
import { caller, type ScimEndpoint, scimEndpoint } from "./testing/endpoint.ts";

const seed = randomInt(1_000_000_000);
const test = testDatabase();
let endpoint: ScimEndpoint;
beforeAll(async () => {
  endpoint = await scimEndpoint(test.db);
});
afterAll(() => endpoint.close());

/** What the door lets through to the endpoint: JSON whose texts the database can hold (app/api/v1/read-json.ts). */
const passesTheDoor = (body: unknown): boolean =>
  !/\\u(?:0000|d[89a-f])|__proto__|"constructor"|"prototype"/iu.test(JSON.stringify(body));

describe(`hostile requests (seed ${seed})`, { timeout: 240_000 }, () => {
  it("are answered as SCIM has it", async () => {
    const random = new Random(seed, "scim");
    const input = { source: "hostile", governsMembers: true };
    const { secret } = await addScimSource(test.db, DEFAULT_WORKSPACE, commandLine(), input);
    const call = caller(endpoint.url, secret);
    const somebody = await call("POST", "/Users", {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
      userName: "somebody",
    });
    expect(somebody.status).toBe(201);
    const ids: string[] = [somebody.body.id, "nobody", "7d1f6a3e-5b0c-4a57-9a8e-0d8f4f2f9b11"];
    const statuses = new Set<number>();
    for (let i = 0; i < 200; i++) {
      const id = random.pick(ids);
      // What is longer the door refuses as an address.
      const filter = () => filterFor(random).slice(0, 1_000);
      const [method, path] = random.pick([
        ["POST", "/Users"],
        ["POST", "/Groups"],
        ["POST", "/Bulk"],
        ["POST", "/.search"],
        ["PATCH", `/Users/${id}`],
        ["PUT", `/Users/${id}`],
        ["PATCH", `/Groups/${id}`],
        [
          "GET",
          `/Users?${new URLSearchParams({ filter: filter(), sortBy: random.pick(["userName", "emails"]) })}`,
        ],
        ["GET", `/Groups?${new URLSearchParams({ filter: filter(), cursor: "" })}`],
      ] as const);
      const body = method === "GET" ? undefined : (scimBodyFor(random) as Json);
      if (!passesTheDoor(body ?? null)) continue;
      const answer = await call(method, path, body);
      statuses.add(answer.status);
      expect(
        [200, 201, 204, 400, 404, 409, 412, 413],
        `${method} ${path} ${JSON.stringify(body)}: ${JSON.stringify(answer.body)}`,
      ).toContain(answer.status);
      if (answer.status >= 400) expect(answer.body.status).toBe(String(answer.status));
      if (answer.status === 201) ids.push(answer.body.id);
    }
    // Some were good and some were not, or nothing was tried.
    for (const status of [200, 400]) expect([...statuses]).toContain(status);
    expect(await test.owner.sql`select reason from rejected_records`).toEqual([]);
    expect(await differences(test.db, DEFAULT_WORKSPACE)).toEqual([]);
  });
});
