/** Okta's own suite for SCIM 2.0 servers, as Okta publishes it, against the endpoint. */
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_WORKSPACE } from "../../db/client.ts";
import { commandLine } from "../auth/caller.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { addScimSource } from "./add-scim-source.ts";
import { type ScimEndpoint, scimEndpoint } from "./testing/endpoint.ts";
import { readSuite, runOktaSuite } from "./testing/suite.ts";

const FILE = "../../../shared/samples/scim-suite/Okta-SCIM-20-SPEC-Test.json";
const suite = await readSuite(fileURLToPath(new URL(FILE, import.meta.url)));
if (suite === null) console.warn("Okta's SCIM suite is not on this machine: skipped.");

const test = testDatabase();
let endpoint: ScimEndpoint;
beforeAll(async () => {
  endpoint = await scimEndpoint(test.db);
});
afterAll(() => endpoint.close());

describe.skipIf(suite === null)("Okta's SCIM 2.0 suite", () => {
  it("passes, every assertion of it", async () => {
    if (suite === null) throw new Error("There is no suite.");
    const { secret } = await addScimSource(test.db, DEFAULT_WORKSPACE, commandLine(), {
      source: "okta",
      governsMembers: false,
    });
    const { outcomes, broken } = await runOktaSuite(suite, { url: endpoint.url, secret });
    expect(broken).toEqual([]);
    expect(outcomes.length).toBe(52);
  });
});
