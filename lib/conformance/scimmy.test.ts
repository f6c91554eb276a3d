/** Every check against an independent server (scimmy): what it does not do is listed with why, and what is planted is found. */
import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type ScimService, scimService } from "../scim/testing.ts";
import { TRIAL } from "../trials/record.ts";
import { type ConformanceReport, type Level, REPORT, type Verdict } from "./finding.ts";
import { runChecks } from "./run-checks.ts";
import { type Answered, type Fault, faultyService } from "./testing/faulty.ts";
import { trialOf } from "./trial.ts";

/** Where scimmy does not conform, as found, each with why. */
const SCIMMY: Record<string, Verdict> = {
  // Compares user names as they are written.
  "filters.user-name-case": "failed",
  // Reads `userName eq` without a value as a filter that nobody fits.
  "filters.broken": "warning",
  // Asked for what lies beyond the end, it gives the whole list.
  "paging.beyond": "failed",
  // The routes were not told under which address they stand.
  "reading.location": "warning",
  // Leaves it to whoever stores resources to say when they were made; the tests' service does not.
  "reading.meta": "warning",
  "reading.groups-meta": "warning",
  "errors.www-authenticate": "failed",
  // Answers the error of its parser.
  "errors.invalid-syntax": "warning",
  "creating.location": "failed",
  "patch.string-boolean": "warning",
  "groups.add-again": "warning",
  // Leaves it to whoever stores users.
  "groups.user-groups": "warning",
};

const wrongIn = ({ findings }: ConformanceReport): Record<string, Verdict> =>
  Object.fromEntries(
    findings
      .filter(({ verdict }) => verdict === "failed" || verdict === "warning")
      .map(({ id, verdict }) => [id, verdict]),
  );

const json = (status: number, body: unknown): Answered => ({
  status,
  headers: { "content-type": "application/scim+json" },
  body: JSON.stringify(body),
});

const ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";
const refusal = (status: number, scimType: string) =>
  json(status, { schemas: [ERROR], status: String(status), scimType, detail: "planted" });

const isUserPatch = ({ method, url }: { method: string; url: string }) =>
  method === "PATCH" && url.includes("/Users/");

/** A fault, and what is found beside what is always: `null` for what can't be found any more. */
const PLANTED: [name: string, make: () => Fault, found: Record<string, Verdict | null>][] = [
  [
    "PATCH of users is answered, and not kept",
    () => async (request, pass) =>
      isUserPatch(request) ? pass({ ...request, method: "GET", body: "" }) : pass(request),
    {
      "patch.replace": "failed",
      "patch.answer": "failed",
      "patch.add": "failed",
      "patch.no-path": "failed",
      "patch.sub-attribute": "failed",
      "patch.several": "failed",
      "patch.chosen-value": "failed",
      "patch.add-value": "failed",
      "patch.op-case": "warning",
      "patch.atomic": "failed",
      "patch.no-target": "failed",
      "patch.remove-nothing": "failed",
      "patch.invalid-path": "failed",
      "extensions.patch": "failed",
      "errors.invalid-value": "failed",
      "errors.mutability": "warning",
      "errors.unknown-op": "failed",
      "deactivation.no-path": "failed",
      "deactivation.deactivate": "failed",
      "idempotence.patch": "failed",
      "idempotence.deactivate": "failed",
    },
  ],
  [
    "booleans are taken as texts",
    () => async (request, pass) => pass({ ...request, body: request.body.replace(/"False"/u, "false") }),
    { "patch.string-boolean": null },
  ],
  [
    "the same PATCH a second time fails",
    () => {
      let last = "";
      return async (request, pass) => {
        if (!isUserPatch(request)) return pass(request);
        const same = last === request.url + request.body;
        last = request.url + request.body;
        return same ? refusal(500, "invalidValue") : pass(request);
      };
    },
    { "idempotence.patch": "failed", "idempotence.deactivate": "failed" },
  ],
  [
    "a user name that is taken is answered with 500",
    () => async (request, pass) => {
      const answer = await pass(request);
      return answer.status === 409 ? refusal(500, "uniqueness") : answer;
    },
    { "idempotence.create": "failed" },
  ],
  [
    "a deactivated user is answered with 404",
    () => async (request, pass) => {
      const answer = await pass(request);
      const isUser = request.method === "GET" && /\/Users\/[^/?]+$/u.test(request.url);
      return isUser && answer.body.includes('"active":false') ? refusal(404, "noTarget") : answer;
    },
    {
      "deactivation.no-path": "failed",
      "deactivation.deactivate": "failed",
      "deactivation.readable": "failed",
      "deactivation.listed": "failed",
      "idempotence.deactivate": "failed",
    },
  ],
  [
    "a deleted user stays",
    () => async (request, pass) =>
      request.method === "DELETE" && request.url.includes("/Users/")
        ? { status: 204, headers: {}, body: "" }
        : pass(request),
    { "deletion.delete": "failed", "idempotence.delete": "failed" },
  ],
  [
    "a group's end takes its members",
    () => async (request, pass) => {
      if (request.method === "DELETE" && request.url.includes("/Groups/")) {
        const group = JSON.parse((await pass({ ...request, method: "GET" })).body) as {
          members?: { value: string }[];
        };
        for (const { value } of group.members ?? [])
          await pass({ ...request, url: `/scim/v2/Users/${value}` });
      }
      return pass(request);
    },
    {
      "groups.delete": "failed",
      "deactivation.no-path": "failed",
      "deactivation.reactivate": "failed",
      "deactivation.deactivate": "failed",
      "deactivation.readable": "failed",
      "deactivation.listed": "failed",
      "deletion.delete": "failed",
    },
  ],
];

describe("checks against scimmy", () => {
  let service: ScimService;

  beforeEach(async () => {
    vi.stubEnv("ROLLCALL_ALLOW_HOSTS", "127.0.0.1");
    service = await scimService(
      [1, 2, 3, 4, 5].map((n) => ({
        id: `person-${n}`,
        userName: `ada${n}@larkspur.example`,
        active: n !== 5,
        externalId: `ext-larkspur-${n}`,
        displayName: `Ada Larkspur ${n}`,
        emails: [{ value: `ada${n}@larkspur.example`, primary: true }],
      })),
      [{ id: "group-1", displayName: "Larkspur deploys", members: [{ value: "person-1" }] }],
    );
  });
  afterEach(async () => {
    await service.close();
    vi.unstubAllEnvs();
  });

  const runOn = (url: string, level: Level = "write") =>
    runChecks({
      target: { url, token: service.token },
      id: randomUUID(),
      application: "Larkspur Chat",
      level,
      limits: { paceMs: 0 },
    });

  it("finds what scimmy does not do, and leaves everything as it was", async () => {
    const before = JSON.stringify([[...service.users], [...service.groups]]);
    const report = await runOn(service.url);
    expect(wrongIn(report)).toEqual(SCIMMY);
    expect(report).toMatchObject({ stopped: null, leftOver: [] });
    expect(report.findings.filter(({ verdict }) => verdict === "not-tried")).toEqual([]);
    expect(JSON.stringify([[...service.users], [...service.groups]])).toBe(before);
  });

  it("names nobody and tells no token", async () => {
    const { application: _, ...report } = await runOn(service.url);
    const told = JSON.stringify(report).toLowerCase();
    for (const somebody of ["larkspur", "ada1", "person-1", "group-1", service.token])
      expect(told).not.toContain(somebody);
    expect(told).toContain(report.identity);
  });

  it("only asks where it may only ask", async () => {
    const report = await runOn(service.url, "read");
    expect(service.asked.filter((line) => !line.startsWith("GET "))).toEqual([]);
    expect(report.identity).toBeNull();
    expect(report.findings.every(({ capability }) => capability === null)).toBe(true);
  });

  it.each(PLANTED)("finds that %s, and nothing else", async (_name, make, found) => {
    const faulty = await faultyService(service.url, make());
    try {
      const report = await runOn(faulty.url);
      const expected = Object.entries({ ...SCIMMY, ...found }).filter(([, verdict]) => verdict !== null);
      expect(wrongIn(report)).toEqual(Object.fromEntries(expected));
      for (const { verdict, said, mend } of report.findings)
        if (verdict === "failed" || verdict === "warning") expect([said, mend]).not.toContain(null);
    } finally {
      await faulty.close();
    }
  });

  it("says what it could not take away", async () => {
    service.faults.keepsDeleted = true;
    const report = await runOn(service.url);
    const left = [...service.users.values()].filter(({ userName }) => userName.startsWith("rollcall-check-"));
    expect(report.leftOver.map(({ id }) => id).sort()).toEqual(left.map(({ id }) => id).sort());
    expect(report.leftOver[0]?.why).toContain("still answered with HTTP 200");
  });

  it("never changes somebody whose id the service gives as that of what was made", async () => {
    const mixUp: Fault = async (request, pass) => {
      const answer = await pass(request);
      if (request.method !== "POST" || answer.status !== 201) return answer;
      const {
        id: _,
        userName: __,
        externalId: ___,
        ...body
      } = JSON.parse(answer.body) as Record<string, unknown>;
      return json(201, { ...body, id: request.url.includes("/Users") ? "person-2" : "group-1" });
    };
    const before = [...service.users.values()].filter(({ id }) => id.startsWith("person-"));
    const faulty = await faultyService(service.url, mixUp);
    try {
      await runOn(faulty.url);
    } finally {
      await faulty.close();
    }
    expect(service.asked.filter((line) => /^(?:PUT|PATCH|DELETE) .*(?:person|group)-/u.test(line))).toEqual(
      [],
    );
    expect([...service.users.values()]).toEqual(before);
  });

  it("takes away what an earlier run left, and nothing that only looks alike", async () => {
    const name = "rollcall-check-0badcafe@example.invalid";
    service.users.set("old", { id: "old", userName: name, active: true, externalId: "rollcall-check:old" });
    service.users.set("real", {
      id: "real",
      userName: "rollcall-check-team@larkspur.example",
      active: true,
    });
    service.users.set("taken", {
      id: "taken",
      userName: "rollcall-check-0badcaff@example.invalid",
      active: true,
      externalId: "payroll-7",
    });
    await runOn(service.url);
    expect([...service.users.keys()].filter((id) => !id.startsWith("person-"))).toEqual(["real", "taken"]);
  });

  it("waits as it is asked to, and stops where that is too long", async () => {
    let refused = 0;
    const slow = (after: string): Fault => {
      let asked = 0;
      return async (request, pass) => {
        asked += 1;
        if (asked !== 12) return pass(request);
        refused += 1;
        return { status: 429, headers: { "retry-after": after }, body: "" };
      };
    };
    const patient = await faultyService(service.url, slow("1"));
    expect(wrongIn(await runOn(patient.url, "read"))).toEqual(
      Object.fromEntries(
        Object.entries(SCIMMY).filter(([id]) => !/^(?:creating|patch|groups)|syntax/u.test(id)),
      ),
    );
    await patient.close();
    const hurried = await faultyService(service.url, slow("3600"));
    const stopped = await runOn(hurried.url, "read");
    await hurried.close();
    expect(refused).toBe(2);
    expect(stopped.stopped).toContain("longer than a minute");
    expect(stopped.summary["not-tried"]).toBeGreaterThan(20);
  });

  it("is not led astray by redirects, and told nobody by them", async () => {
    const faulty = await faultyService(service.url, async (request, pass) =>
      /\/Users\/person-/u.test(request.url)
        ? { status: 302, headers: { location: `/elsewhere/${request.url.split("/").at(-1)}` }, body: "" }
        : pass(request),
    );
    const report = await runOn(faulty.url, "read");
    await faulty.close();
    expect(report.findings.find(({ id }) => id === "reading.by-id")).toMatchObject({
      verdict: "not-tried",
      said: "It answered with a redirect, which is not followed.",
    });
    expect(JSON.stringify(report)).not.toContain("person-");
  });

  it.each([
    ["endlessly deep", () => `${'{"Resources":['.repeat(20_000)}${"]}".repeat(20_000)}`],
    [
      "of other types than any",
      () => '{"Resources":{"length":7},"totalResults":[],"schemas":{},"id":{"a":1},"meta":[]}',
    ],
    ["of names without end", () => JSON.stringify({ schemas: [], ["x".repeat(50_000)]: "y".repeat(50_000) })],
  ])("goes on where answers are %s", async (_name, make) => {
    const body = make();
    const faulty = await faultyService(service.url, async ({ method }) => ({
      status: method === "POST" ? 201 : 200,
      headers: { "content-type": "application/scim+json", etag: "x".repeat(5_000) },
      body,
    }));
    const report = await runOn(faulty.url);
    await faulty.close();
    expect(report.stopped).toBeNull();
    expect(REPORT.parse(report)).toEqual(report);
    expect(() => TRIAL.parse(trialOf(report, "Chat", "somebody"))).not.toThrow();
    expect(service.asked).toEqual([]);
  });

  it("asks no more than it may, and cleans up all the same", async () => {
    const report = await runChecks({
      target: service,
      id: randomUUID(),
      application: null,
      level: "write",
      limits: { paceMs: 0, requests: 80 },
    });
    expect(report.stopped).toContain("80 times");
    expect(report.summary.passed).toBeGreaterThan(30);
    expect(report.summary["not-tried"]).toBeGreaterThan(10);
    expect(service.users.size).toBe(5);
    expect(report.leftOver).toEqual([]);
  });

  it("gives no report where the token is refused, or no SCIM service answers", async () => {
    const wrong = runChecks({
      target: { url: service.url, token: "wrong" },
      id: randomUUID(),
      application: null,
      level: "read",
    });
    await expect(wrong).rejects.toMatchObject({ code: "not-now", message: expect.stringContaining("token") });
    const page = await faultyService(service.url, async () => ({
      status: 200,
      headers: { "content-type": "text/html" },
      body: "<html>",
    }));
    await expect(runOn(page.url, "read")).rejects.toMatchObject({ code: "no-scim" });
    await page.close();
    await expect(runOn("http://127.0.0.1:9/scim/v2", "read")).rejects.toMatchObject({ code: "unreachable" });
  });
});
