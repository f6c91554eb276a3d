import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CHECKS } from "./checks/all.ts";
import { madeBy, statusOf } from "./checks/bulk.ts";
import { configFault } from "./checks/discovery.ts";
import { declined } from "./checks/filters.ts";
import { pagesFault, sizeFor } from "./checks/paging.ts";
import { isSorted, locationFault } from "./checks/reading.ts";
import { isLeftBehind } from "./clean-up.ts";
import type { Finding, Verdict } from "./finding.ts";
import { ERROR_SCHEMA, LIST_RESPONSE } from "./identity.ts";
import { People } from "./people.ts";
import { type Ask, type Exchange, PROBE_LIMITS, waitOf } from "./probe.ts";
import { differencesOf } from "./report.ts";
import { errorFault, listFault, refusalFault } from "./shapes.ts";
import { checkRows } from "./testing/check-rows.ts";

const answer = (json: unknown, status = 200, asked: Partial<Ask> = {}): Exchange => ({
  status,
  headers: new Headers() as Exchange["headers"],
  text: json === undefined ? "" : JSON.stringify(json),
  json,
  tookMs: 1,
  asked: { method: "GET", path: "/Users", ...asked },
});

const list = (ids: readonly string[], totalResults = ids.length) =>
  answer({ schemas: [LIST_RESPONSE], totalResults, Resources: ids.map((id) => ({ id })) });

describe("judges", () => {
  it("tell what is wrong with a list", () => {
    expect(listFault(list(["1"]))).toBeNull();
    expect(listFault(answer({ schemas: [LIST_RESPONSE.toUpperCase()], totalResults: 0 }))).toBeNull();
    expect(listFault(answer([{ id: "1" }]))).toContain("no JSON object");
    expect(listFault(answer({ totalResults: 0 }))).toContain("schemas");
    expect(listFault(answer({ schemas: [LIST_RESPONSE], totalResults: "1" }))).toContain("totalResults");
    expect(listFault(list([], 3))).toContain("is empty");
    const uncounted = { schemas: [LIST_RESPONSE], Resources: [{ id: "1" }] };
    expect(listFault(answer(uncounted))).toContain("totalResults");
    expect(listFault(answer({ ...uncounted, nextCursor: "b" }))).toBeNull();
    expect(listFault(answer(uncounted, 200, { query: { cursor: "b" } }))).toBeNull();
    expect(listFault(answer({ ...uncounted, nextCursor: "b", totalResults: "1" }))).toContain("totalResults");
    expect(listFault(answer({}, 500))).toContain("HTTP 500 in place of 200");
  });

  it("tell what is wrong with a refusal", () => {
    const body = { schemas: [ERROR_SCHEMA], status: "404" };
    expect(errorFault(answer(body, 404))).toBeNull();
    expect(errorFault(answer(undefined, 404))).toContain("no body");
    expect(errorFault(answer({ ...body, status: 404 }, 404))).toContain("no string");
    expect(errorFault(answer(body, 400))).toContain("which is 400");
    expect(refusalFault(answer({ scimType: "noTarget" }, 400), [400], "noTarget")).toBeNull();
    expect(refusalFault(answer({ scimType: "noTarget" }, 400), [400], "invalidPath")).toContain("is not");
    expect(refusalFault(answer({}, 400), [400], "invalidPath")).toContain('no "scimType"');
    expect(refusalFault(answer({}, 422), [400], null)).toContain("HTTP 422 in place of 400");
    expect(declined(answer({ scimType: "invalidFilter" }, 400))).toMatchObject({ verdict: "warning" });
    for (const other of [answer({}, 400), answer({ scimType: "invalidFilter" }, 500)])
      expect(declined(other)).toBeNull();
  });

  it("read the status of an operation in bulk in both its forms", () => {
    expect(statusOf({ status: "201" })).toBe("201");
    expect(statusOf({ status: { code: "201" } })).toBe("201");
    for (const status of [201, { code: 201 }, [], undefined]) expect(statusOf({ status })).toBeNull();
  });

  it("tell who comes twice over pages, and who is missing", () => {
    expect(pagesFault([list(["1", "2"], 3), list(["3"], 3)], true)).toBeNull();
    expect(pagesFault([list(["1", "2"], 3), list(["2", "3"], 3)], true)).toContain("1 of 4 users came twice");
    expect(pagesFault([list(["1", "2"], 4), list(["3"], 4)], true)).toContain("all pages together have 3");
    expect(pagesFault([list(["1", "2"], 4), list(["3"], 4)], false)).toBeNull();
    expect([1, 3, 60, 100_000].map(sizeFor)).toEqual([2, 2, 10, 50]);
  });

  it("tell what a service leaves out of its own description", () => {
    expect(configFault(answer({ schemas: [] }))).toContain("schemas");
    expect(
      configFault(
        answer({
          schemas: ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
          patch: { supported: "yes" },
        }),
      ),
    ).toContain("patch, bulk, filter, changePassword, sort, etag");
  });

  it("read addresses", () => {
    const at = (location: unknown) => locationFault({ id: "a b", meta: { location } }, "Users");
    expect(at("https://chat.example/scim/v2/Users/a%20b")).toBeNull();
    expect(at("/Users/a%20b")).toMatchObject({ verdict: "warning", said: expect.stringContaining("whole") });
    expect(at("Users/a%20b")).toMatchObject({ verdict: "warning" });
    expect(at("https://")).toContain("no address");
    expect(at("https://chat.example/%")).toContain("does not end in");
    expect(at("https://chat.example/scim/v2/Users/other")).toContain("does not end in");
    expect(at(undefined)).toContain("missing");
    expect(madeBy({ location: "https://chat.example/scim/v2/Users/a%20b?x" })).toBe("a b");
    for (const location of ["https://chat.example/Users/", "https://chat.example/Users/..", "%", 7])
      expect(madeBy({ location })).toBeNull();
  });

  it("take names for sorted whatever their case, and by whichever of the usual orders", () => {
    expect(isSorted(["Ada", "bob", "Éva"])).toBe(true);
    expect(isSorted(["bob", "Ada"])).toBe(false);
  });

  it("know what an earlier run has left from whatever looks alike", () => {
    const now = Date.parse("2026-03-02T10:00:00Z");
    const userName = "rollcall-check-0badcafe-twice@example.invalid";
    const created = (time: string) => ({ userName, meta: { created: time } });
    expect(isLeftBehind({ userName }, "User", now)).toBe(true);
    expect(isLeftBehind(created("2026-03-02T09:00:00Z"), "User", now)).toBe(true);
    expect(isLeftBehind(created("2026-03-02T09:59:00Z"), "User", now)).toBe(false);
    expect(isLeftBehind({ userName, externalId: "payroll-7" }, "User", now)).toBe(false);
    expect(isLeftBehind({ userName: `x${userName}` }, "User", now)).toBe(false);
    expect(isLeftBehind({ displayName: "rollcall-check-0badcafe" }, "Group", now)).toBe(true);
    expect(isLeftBehind({ displayName: "rollcall-check-team" }, "Group", now)).toBe(false);
  });

  it("wait as long as a header says", () => {
    const now = Date.parse("2026-03-02T10:00:00Z");
    expect(waitOf("7", now)).toBe(7_000);
    expect(waitOf("Mon, 02 Mar 2026 10:00:05 GMT", now)).toBe(5_000);
    expect(waitOf("Mon, 02 Mar 2026 09:00:00 GMT", now)).toBe(0);
    for (const none of [null, "soon", "-1 day"]) expect(waitOf(none, now)).toBeNull();
  });

  it("say what was mended and what is new, of what was tried both times", () => {
    const of = (verdicts: Record<string, Verdict>) => ({
      findings: Object.entries(verdicts).map(([id, verdict]) => ({ id, verdict }) as Finding),
    });
    const before = of({ a: "failed", b: "passed", c: "failed", d: "not-tried", e: "warning", f: "passed" });
    const after = of({
      a: "passed",
      b: "failed",
      c: "warning",
      d: "failed",
      e: "not-applicable",
      g: "failed",
    });
    expect(differencesOf(before, after)).toEqual({ mended: ["a"], fresh: ["b"] });
  });
});

describe("checks", () => {
  it("have ids of their own and say what to change", () => {
    const ids = CHECKS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, mend, title, requirement, level, capability } of CHECKS) {
      expect(id).toMatch(/^[a-z]+\.[a-z-]+$/u);
      expect(mend.endsWith("."), id).toBe(true);
      expect(title.endsWith("."), id).toBe(false);
      expect(requirement.section, id).toMatch(/^\d+(?:\.\d+)*$/u);
      if (capability !== undefined) expect(level, id).toBe("write");
    }
  });
});

describe("a report", () => {
  const people = new People("rollcall-check");
  people.isOwn("7f3c");
  people.seeAll({
    Resources: [{ id: "u-1", userName: "Ada.Lovelace", name: { formatted: "Ada Lovelace" } }],
  });

  it("keeps words of the protocol and the check's own, and of people the kind of a value alone", () => {
    const told = people.excerpt("x", {
      schemas: ["urn:example"],
      totalResults: 2,
      Resources: [
        {
          id: "7f3c",
          userName: "rollcall-check-1@example.invalid",
          active: true,
          meta: { location: "https://chat.example/Users/7f3c", created: "2026-03-02T10:00:00Z" },
        },
        {
          id: "u-1",
          userName: "Ada.Lovelace",
          emails: [{ value: "ada@larkspur.example" }],
          employeeNumber: 1815,
          meta: { location: "https://chat.example/Users/u-1" },
          "ada@larkspur.example": 1,
        },
        { id: "u-2" },
      ],
    });
    expect(JSON.parse(told ?? "")).toEqual({
      schemas: ["urn:example"],
      totalResults: 2,
      Resources: [
        {
          id: "7f3c",
          userName: "rollcall-check-1@example.invalid",
          active: true,
          meta: { location: "https://chat.example/Users/7f3c", created: "‹date-time›" },
        },
        {
          id: "‹text›",
          userName: "‹text›",
          emails: [{ value: "‹e-mail›" }],
          employeeNumber: "‹number›",
          meta: { location: "https://chat.example/Users/‹id›" },
          "‹key›": "‹number›",
        },
        "‹and 1 more›",
      ],
    });
  });

  it("leaves people out of what a refusal says", () => {
    expect(people.text("ada lovelace <ada@larkspur.example> conflicts with 7f3c, says Ada.Lovelace")).toBe(
      "‹…› <‹e-mail›> conflicts with 7f3c, says ‹…›",
    );
    const both = { detail: "rollcall-check-1@example.invalid is taken by ada@larkspur.example" };
    expect(people.excerpt("x", both)).toBe(
      '{"detail":"rollcall-check-1@example.invalid is taken by ‹e-mail›"}',
    );
    expect(people.excerpt("x", { displayName: "rollcall-check-1 of Grace Hopper" })).toBe(
      '{"displayName":"‹text›"}',
    );
    expect(people.text("No 0f9a4c1e-1111-4222-8333-123456789abc, no 12345678")).toBe("No ‹id›, no ‹id›");
    expect(people.excerpt("<b>Ada Lovelace</b>", undefined)).toBe("‹19 bytes that are no JSON›");
    expect(people.excerpt("", null)).toBeNull();
  });

  it("is not broken by what it reads", () => {
    const deep = JSON.parse(`${'{"a":['.repeat(500)}1${"]}".repeat(500)}`) as unknown;
    expect(() => people.excerpt("x", deep)).not.toThrow();
    people.see("(((a+)+)+$");
    expect(people.text("It is (((a+)+)+$\u0000\u202e\ud800")).toBe("It is ‹…›");
  });
});

describe("docs/conformance.md", () => {
  const doc = readFileSync(fileURLToPath(new URL("../../docs/conformance.md", import.meta.url)), "utf8");

  it("has every check, as the code has it", () => {
    expect(doc).toContain(checkRows(CHECKS));
  });

  it("tells the limits that hold", () => {
    expect(doc).toContain(`asks ${PROBE_LIMITS.requests} times at most`);
    expect(doc).toContain(`for ${PROBE_LIMITS.runMs / 60_000} minutes at most`);
  });
});

describe("people", () => {
  it("are in no excerpt and no text, whatever they are called and wherever they stand", () => {
    const name = fc
      .stringMatching(/^[A-Z][a-z]{2,8}(?:[ .'-][A-Z]?[a-z]{2,8})?$/u)
      .map((text) => `Zq${text}`);
    const person = fc.record({ id: fc.uuid(), userName: fc.oneof(name, fc.emailAddress()), name });
    fc.assert(
      fc.property(fc.array(person, { minLength: 1, maxLength: 5 }), fc.nat(4), (persons, at) => {
        const people = new People("rollcall-check");
        const list = {
          totalResults: persons.length,
          Resources: persons.map(({ id, userName, name: formatted }) => ({
            id,
            userName,
            name: { formatted },
            emails: [{ value: userName, type: "work" }],
            meta: { resourceType: "User", location: `https://chat.example/Users/${id}` },
          })),
        };
        people.seeAll(list);
        const { id, userName, name: formatted } = persons[at % persons.length] as (typeof persons)[number];
        const told = [
          people.excerpt("x", list),
          people.excerpt("x", list.Resources[0]),
          people.excerpt("x", { detail: `${formatted} (${id}) conflicts: ${userName.toUpperCase()}.` }),
          people.address(`https://chat.example/Users/${id}`),
        ]
          .join("\n")
          .toLowerCase();
        for (const somebody of persons.flatMap((one) => [one.id, one.userName, one.name]))
          expect(told).not.toContain(somebody.toLowerCase());
      }),
    );
  });
});
