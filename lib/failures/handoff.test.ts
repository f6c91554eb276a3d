import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { entra } from "../ingest/adapters/entra/adapter.ts";
import { azureRecord, failedRecord, SOURCE_GROUP } from "../ingest/adapters/entra/fixtures.ts";
import { okta } from "../ingest/adapters/okta/adapter.ts";
import { ACCOUNT, ALICE, APPLICATION, GROUP, logEvent } from "../ingest/adapters/okta/fixtures.ts";
import type { NormalEvent } from "../ingest/event.ts";
import { handoffOf } from "./handoff.ts";

/** What curl gets from a shell: the words of its call. */
function wordsOf(call: string): string[] {
  const script = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }; ${call}`;
  const env = {
    PATH: process.env.PATH,
    GRAPH_TOKEN: "a graph token",
    OKTA_ORG_URL: "https://larkspur.okta.example",
    OKTA_API_TOKEN: "an okta token",
    RULE_ID: "rule-7",
    JOB_ID: "job-8",
  } as unknown as NodeJS.ProcessEnv;
  const said = execFileSync("sh", ["-c", script], { env, encoding: "utf8" });
  return said.split("\0").slice(0, -1);
}

const bodyOf = (words: string[]): unknown => JSON.parse(words[words.indexOf("-d") + 1] ?? "null");

const entraFailure = (record: Record<string, unknown>) => {
  const [event] = entra.parse(record);
  return handoffOf("entra", event as NormalEvent, record);
};

const JOBS =
  "https://graph.microsoft.com/v1.0/servicePrincipals/77777777-aaaa-4aaa-8aaa-000000000007/synchronization/jobs";
const JOB = `${JOBS}/scim.44444444dddd4ddd8ddd000000000004`;

describe("Entra's call", () => {
  it("provisions the person of the record on demand, in Graph's form and in Azure Monitor's", () => {
    const record = failedRecord("ContosoEntryConflict", "taken");
    for (const one of [record, azureRecord(record, "Failure")]) {
      const words = wordsOf(entraFailure(one)?.call ?? "");
      expect(words.slice(0, 5)).toEqual([
        "-X",
        "POST",
        `${JOB}/provisionOnDemand`,
        "-H",
        "Authorization: Bearer a graph token",
      ]);
      expect(bodyOf(words)).toEqual({
        parameters: [
          {
            ruleId: "rule-7",
            subjects: [{ objectId: "11111111-aaaa-4aaa-8aaa-000000000001", objectTypeName: "User" }],
          },
        ],
      });
    }
  });

  it("provisions a group as such", () => {
    const record = {
      ...failedRecord("Conflict", "taken"),
      sourceIdentity: SOURCE_GROUP,
      targetIdentity: null,
    };
    expect(bodyOf(wordsOf(entraFailure(record)?.call ?? ""))).toMatchObject({
      parameters: [{ subjects: [{ objectId: SOURCE_GROUP.id, objectTypeName: "Group" }] }],
    });
  });

  it("starts a job that is in quarantine", () => {
    const handoff = entraFailure(failedRecord("EncounteredQuarantineException", "The job is in quarantine."));
    const words = wordsOf(handoff?.call ?? "");
    expect(words.slice(0, 3)).toEqual(["-X", "POST", `${JOB}/start`]);
    expect(words).not.toContain("-d");
  });

  it("leaves the job to be filled in where the record does not tell it, and says how", () => {
    const handoff = entraFailure({ ...failedRecord("Conflict", "taken"), jobId: null });
    expect(wordsOf(handoff?.call ?? "")).toContain(`${JOBS}/job-8/provisionOnDemand`);
    expect(handoff?.before).toContain("Set JOB_ID");
  });
});

const oktaFailure = (eventType: string, target: unknown[] = [APPLICATION, ALICE, ACCOUNT]) => {
  const record = logEvent(eventType, { target, outcome: { result: "FAILURE", reason: "no" } });
  const [event] = okta.parse(record);
  return handoffOf("okta", event as NormalEvent, record);
};

describe("Okta's call", () => {
  const APP = "https://larkspur.okta.example/api/v1/apps/0oa1chat";
  it.each([
    ["application.provision.user.push", "POST", `${APP}/users`, { id: "00u1alice", scope: "USER" }],
    ["application.provision.user.reactivate", "POST", `${APP}/users`, { id: "00u1alice", scope: "USER" }],
    ["application.provision.user.push_profile", "POST", `${APP}/users/00u1alice`, { profile: {} }],
    ["application.provision.user.deactivate", "DELETE", `${APP}/users/00u1alice`, null],
  ])("%s: %s %s", (type, method, address, body) => {
    const words = wordsOf(oktaFailure(type)?.call ?? "");
    expect(words.slice(0, 5)).toEqual(["-X", method, address, "-H", "Authorization: SSWS an okta token"]);
    if (body === null) expect(words).not.toContain("-d");
    else expect(bodyOf(words)).toEqual(body);
  });

  it("puts the person into the group", () => {
    const handoff = oktaFailure("application.provision.group_membership.add", [
      APPLICATION,
      ALICE,
      ACCOUNT,
      GROUP,
    ]);
    expect(wordsOf(handoff?.call ?? "").slice(0, 3)).toEqual([
      "-X",
      "PUT",
      "https://larkspur.okta.example/api/v1/groups/00g1eng/users/00u1alice",
    ]);
  });

  it("activates a connection", () => {
    const handoff = oktaFailure("application.integration.authentication_failure", [APPLICATION]);
    expect(wordsOf(handoff?.call ?? "")).toContain(`${APP}/connections/default/lifecycle/activate`);
  });

  it("is none for what has no application, no person, or is another's", () => {
    expect(oktaFailure("application.provision.user.push", [ALICE])).toBeNull();
    expect(oktaFailure("application.provision.user.push", [APPLICATION, ACCOUNT])).toBeNull();
    const [event] = entra.parse(failedRecord("Conflict", "taken"));
    for (const format of ["scim", "workos", ""])
      expect(handoffOf(format, event as NormalEvent, {})).toBeNull();
  });
});

describe("whatever the ids of a record hold", () => {
  it("the shell runs nothing of them, and the server gets them as they are", () => {
    const nasty = fc.oneof(
      fc.string({ unit: "binary", minLength: 1, maxLength: 30 }),
      fc.constantFrom(
        "'; touch /tmp/x; '",
        "$(id)",
        "`id`",
        "{{RULE_ID}}",
        "\\'",
        "a\nb",
        "../../users",
        '"$HOME"',
      ),
    );
    fc.assert(
      fc.property(nasty, nasty, (id, application) => {
        // A shell's words hold no NUL, and half a character is none.
        fc.pre(![id, application].some((text) => /[\0\p{Surrogate}]/u.test(text) || text.trim() === ""));
        const failed = failedRecord("Conflict", "taken");
        const record = {
          ...failed,
          sourceIdentity: { id, identityType: "User", details: {} },
          servicePrincipal: { id: application, displayName: "Chat" },
        };
        const words = wordsOf(entraFailure(record)?.call ?? "");
        expect(words).toHaveLength(9);
        const url = new URL(words[2] ?? "");
        expect(url.host).toBe("graph.microsoft.com");
        const encoded = encodeURIComponent(application).replaceAll("'", "%27");
        expect(words[2]).toContain(`/servicePrincipals/${encoded}/synchronization/`);
        const body = bodyOf(words) as { parameters: { subjects: { objectId: string }[] }[] };
        expect(body.parameters[0]?.subjects[0]?.objectId).toBe(id.replaceAll("{{", "{ {"));
      }),
      { numRuns: 60 },
    );
  });
});
