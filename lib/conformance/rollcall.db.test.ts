/** Every check against Rollcall's own endpoint, which passes all; and faults planted in what it answers, each found and nothing else. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { testDatabase } from "../runtime/testing/database.ts";
import { type ScimEndpoint, scimEndpoint, scimProvider } from "../scim-server/testing/endpoint.ts";
import type { ConformanceReport, Level, Verdict } from "./finding.ts";
import { runChecks } from "./run-checks.ts";
import { type Answered, changingJson, type Fault, faultyService } from "./testing/faulty.ts";

const wrongIn = ({ findings }: ConformanceReport): Record<string, Verdict> =>
  Object.fromEntries(
    findings
      .filter(({ verdict }) => verdict === "failed" || verdict === "warning")
      .map(({ id, verdict }) => [id, verdict]),
  );

const refusal = (status: number, scimType: string): Answered => ({
  status,
  headers: { "content-type": "application/scim+json" },
  body: JSON.stringify({
    schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
    status: String(status),
    scimType,
    detail: "planted",
  }),
});

/** Changes the address of questions. */
const asking =
  (change: (url: string) => string): Fault =>
  (request, pass) =>
    pass({ ...request, url: change(request.url) });

const isUsers = (url: string) => /\/Users(?:\?|$)/u.test(url);

const PLANTED: [name: string, fault: Fault, found: Record<string, Verdict>][] = [
  [
    "each page is the first",
    asking((url) => url.replace(/startIndex=\d+/u, "startIndex=1")),
    { "paging.beyond": "failed", "paging.complete": "failed" },
  ],
  [
    "pages overlap",
    asking((url) => url.replace(/startIndex=(\d+)/u, (_, n) => `startIndex=${Math.max(Number(n) - 1, 1)}`)),
    { "paging.complete": "failed" },
  ],
  [
    "pages leave people out",
    asking((url) => url.replace(/startIndex=([2-9])/u, (_, n) => `startIndex=${Number(n) + 1}`)),
    { "paging.complete": "failed" },
  ],
  [
    "count is not heeded",
    asking((url) => url.replace(/count=-?\d+/u, "count=100")),
    {
      "paging.count": "failed",
      "paging.count-zero": "failed",
      "paging.count-negative": "failed",
    },
  ],
  [
    "a page behind the end is not found",
    async (request, pass) =>
      /startIndex=\d{4}/u.test(request.url) ? refusal(404, "noTarget") : pass(request),
    { "paging.beyond": "warning" },
  ],
  [
    "pages by cursor are not counted, which they need not be",
    changingJson((body, { url }) => {
      const { totalResults: _, ...rest } = body;
      return url.includes("cursor=") ? rest : body;
    }),
    {},
  ],
  [
    "pages by index are not there, which they need not be",
    async (request, pass) => {
      if (request.url.includes("startIndex=")) return refusal(400, "invalidValue");
      const answer = await pass(request);
      return request.url.endsWith("/ServiceProviderConfig")
        ? { ...answer, body: answer.body.replace('"index":true', '"index":false') }
        : answer;
    },
    {},
  ],
  [
    "a comparison is refused, which it may be",
    async (request, pass) =>
      request.url.includes("userName+co") ? refusal(400, "invalidFilter") : pass(request),
    { "filters.contains": "warning" },
  ],
  [
    "a token that is none is answered with 404",
    async (request, pass) => {
      const answer = await pass(request);
      return answer.status === 401 ? refusal(404, "noTarget") : answer;
    },
    { "errors.unauthorized": "warning" },
  ],
  [
    "a cursor leads back to the beginning",
    asking((url) => url.replace(/cursor=(?!rollcall)[^&]+/u, "cursor=")),
    { "paging.cursor": "failed" },
  ],
  [
    "refusals have no body",
    async (request, pass) => {
      const answer = await pass(request);
      return answer.status < 400 ? answer : { ...answer, body: "" };
    },
    {
      "errors.body": "failed",
      "errors.detail": "warning",
      "filters.broken": "warning",
      "filters.unknown-operator": "warning",
      "paging.cursor-invalid": "warning",
    },
  ],
  [
    "the status of a refusal is a number",
    changingJson((body) =>
      typeof body.status === "string" ? { ...body, status: Number(body.status) } : body,
    ),
    { "errors.body": "failed" },
  ],
  [
    "answers are called application/json",
    async (request, pass) => {
      const answer = await pass(request);
      return { ...answer, headers: { ...answer.headers, "content-type": "application/json" } };
    },
    { "discovery.media-type": "warning" },
  ],
  [
    "answers are called text/html",
    async (request, pass) => {
      const answer = await pass(request);
      return { ...answer, headers: { ...answer.headers, "content-type": "text/html; charset=utf-8" } };
    },
    { "discovery.media-type": "failed" },
  ],
  [
    "filters that are not known are passed over",
    asking((url) =>
      /filter=(?:rollcallCheck|userName\+zz|userName\+eq&)/u.test(url) ? url.replace("filter", "f") : url,
    ),
    {
      "filters.unknown-attribute": "failed",
      "filters.unknown-operator": "failed",
      "filters.broken": "failed",
    },
  ],
  [
    "whoever is not found is an error",
    async (request, pass) => {
      const answer = await pass(request);
      const isEmpty = request.url.includes("filter=") && answer.body.includes('"totalResults":0');
      return isEmpty ? { ...answer, status: 404 } : answer;
    },
    { "filters.no-match": "failed", "filters.and": "failed", "filters.unknown-attribute": "failed" },
  ],
  [
    "active is a text, and passwords are told",
    changingJson((body) => {
      const changed = (user: Record<string, unknown>) =>
        "userName" in user ? { ...user, active: String(user.active), password: "hunter2" } : user;
      return Array.isArray(body.Resources)
        ? { ...body, Resources: body.Resources.map(changed) }
        : changed(body);
    }),
    {
      "reading.active-boolean": "failed",
      "reading.no-password": "failed",
      "reading.attributes": "failed",
    },
  ],
  [
    "meta is missing",
    changingJson((body, { url }) =>
      isUsers(url) && Array.isArray(body.Resources)
        ? { ...body, Resources: body.Resources.map(({ meta: _, ...rest }) => rest) }
        : body,
    ),
    { "reading.meta": "failed", "reading.location": "failed" },
  ],
  [
    "any token is taken",
    (() => {
      let real = "";
      return async (request, pass) => {
        real ||= request.headers.authorization ?? "";
        return pass({ ...request, headers: { ...request.headers, authorization: real } });
      };
    })(),
    { "errors.unauthorized": "failed" },
  ],
  [
    "more is announced than is there",
    changingJson((body, { url }) =>
      url.endsWith("/ResourceTypes")
        ? {
            ...body,
            totalResults: 3,
            Resources: [
              ...(body.Resources ?? []),
              {
                ...body.Resources?.[1],
                id: "Device",
                name: "Device",
                endpoint: "/Devices",
                schema: "urn:example:Device",
              },
            ],
          }
        : body,
    ),
    { "discovery.types-described": "failed", "discovery.endpoints": "failed" },
  ],
];

describe("checks against Rollcall's own endpoint", () => {
  const database = testDatabase();
  let endpoint: ScimEndpoint;
  let provider: Awaited<ReturnType<typeof scimProvider>>;

  beforeAll(async () => {
    vi.stubEnv("ROLLCALL_ALLOW_HOSTS", "127.0.0.1");
    endpoint = await scimEndpoint(database.db);
    provider = await scimProvider(database.db, endpoint, "larkspur-okta");
    for (let n = 1; n <= 7; n++) {
      await provider.call("POST", "/Users", {
        userName: `ada${n}@larkspur.example`,
        active: n !== 5,
        externalId: `ext-larkspur-${n}`,
        displayName: `Ada Larkspur ${n}`,
        emails: [{ value: `ada${n}@larkspur.example`, type: "work", primary: true }],
      });
    }
    await provider.call("POST", "/Groups", { displayName: "Larkspur deploys" });
  });
  afterAll(async () => {
    await endpoint.close();
    vi.unstubAllEnvs();
  });

  const runOn = (url: string, level: Level) =>
    runChecks({
      target: { url, token: provider.secret },
      id: randomUUID(),
      application: null,
      level,
      limits: { paceMs: 0 },
    });

  it("passes all of them, pages by cursor, versions and bulk among them", async () => {
    const before = (await provider.call("GET", "/Users")).body;
    const report = await runOn(endpoint.url, "write");
    expect(report.findings.filter(({ verdict }) => verdict !== "passed")).toEqual([]);
    expect(report).toMatchObject({ stopped: null, leftOver: [] });
    for (const id of ["paging.cursor", "etags.stale", "bulk.references", "extensions.patch"])
      expect(report.findings.map((finding) => finding.id)).toContain(id);
    expect((await provider.call("GET", "/Users")).body).toEqual(before);
    expect(JSON.stringify(report).toLowerCase()).not.toMatch(/larkspur|ada\d/u);
  }, 180_000);

  it.each(PLANTED)("finds that %s, and nothing else", async (_name, fault, found) => {
    const faulty = await faultyService(endpoint.url, fault);
    try {
      expect(wrongIn(await runOn(faulty.url, "read"))).toEqual(found);
    } finally {
      await faulty.close();
    }
  });
});
