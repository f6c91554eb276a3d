/** Okta's own suite for SCIM 2.0 servers, as Okta publishes it, against the endpoint. */
import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_WORKSPACE } from "../../db/client.ts";
import { commandLine } from "../auth/caller.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { addScimSource } from "./add-scim-source.ts";
import { caller, type ScimEndpoint, scimEndpoint } from "./testing/endpoint.ts";
import { readSuite, runSuite } from "./testing/suite.ts";

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
    // The suite reads a user that is there before it begins.
    const made = await caller(endpoint.url, secret)("POST", "/Users", {
      userName: "standing@larkspur.example",
      name: { givenName: "Standing", familyName: "Stone" },
      emails: [{ type: "work", value: "standing@larkspur.example", primary: true }],
    });
    expect(made.status).toBe(201);
    const name = `suite-${randomUUID()}@larkspur.example`;
    const outcomes = await runSuite(suite, {
      SCIMBaseURL: endpoint.url,
      auth: `Bearer ${secret}`,
      InvalidUserEmail: "nobody@larkspur.example",
      UserIdThatDoesNotExist: "00919288221112222",
      randomUsername: name,
      randomUsernameCaps: name.toUpperCase(),
      randomEmail: name,
      randomGivenName: "Sweet",
      randomFamilyName: "Pea",
    });
    // How long an answer takes is no matter of a test on a shared machine.
    const told = outcomes.filter(({ assertion }) => !assertion.startsWith("response_time"));
    expect(told.filter(({ holds }) => !holds)).toEqual([]);
    expect(outcomes.length).toBe(52);
  });
});
