/** Every route and page × every role: who gets in, and who does not. */
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "playwright/test";
import { may, type Permission, ROLES, type Role } from "../lib/auth/permissions.ts";
import { newMember, origin, SAME_ORIGIN } from "./sign-in.ts";

/** What each asks for. A route that stands here and nowhere in the code, or the other way round, fails. */
const RULES: Record<string, Permission | "anybody"> = {
  "GET /api/v1/alerts": "workspace",
  "DELETE /api/v1/alerts/channels/[name]": "operate",
  "PUT /api/v1/alerts/channels/[name]": "operate",
  "POST /api/v1/alerts/channels/[name]/test": "operate",
  "GET /api/v1/alerts/digest": "workspace",
  "PUT /api/v1/alerts/rules": "operate",
  "GET /api/v1/applications/[name]": "read",
  "GET /api/v1/applications/[name]/events": "read",
  "PUT /api/v1/applications/[name]/owner": "settings",
  "DELETE /api/v1/applications/[name]/scim": "operate",
  "GET /api/v1/applications/[name]/scim": "operate",
  "PUT /api/v1/applications/[name]/scim": "operate",
  "PUT /api/v1/applications/[name]/sla": "settings",
  "GET /api/v1/audit": "audit",
  "GET /api/v1/conformance": "workspace",
  "POST /api/v1/conformance": "operate",
  "GET /api/v1/conformance/[id]": "workspace",
  "GET /api/v1/conformance/schedules": "workspace",
  "GET /api/v1/conformance/schedules/[application]": "workspace",
  "PUT /api/v1/conformance/schedules/[application]": "operate",
  "GET /api/v1/connectors": "workspace",
  "POST /api/v1/connectors": "operate",
  "POST /api/v1/connectors/test": "operate",
  "GET /api/v1/connectors/[name]": "workspace",
  "PATCH /api/v1/connectors/[name]": "operate",
  "DELETE /api/v1/connectors/[name]": "operate",
  "POST /api/v1/connectors/[name]/backfills": "operate",
  "POST /api/v1/connectors/[name]/run": "operate",
  "GET /api/v1/drills": "workspace",
  "GET /api/v1/drills/[application]": "workspace",
  "PUT /api/v1/drills/[application]": "operate",
  "POST /api/v1/drills/[application]/runs": "operate",
  "POST /api/v1/drills/[application]/settled": "operate",
  "GET /api/v1/events/[id]": "read",
  "POST /api/v1/evidence": "evidence",
  "GET /api/v1/failures/[group]": "read",
  "POST /api/v1/failures/decisions": "triage",
  "POST /api/v1/failures/tickets": "triage",
  "GET /api/v1/failures/webhook": "operate",
  "PUT /api/v1/failures/webhook": "operate",
  "GET /api/v1/identities/[subject]": "read",
  "GET /api/v1/identities/[subject]/events": "read",
  "GET /api/v1/identities/[subject]/privacy": "operate",
  "POST /api/v1/identities/[subject]/privacy": "operate",
  "POST /api/v1/ingest": "ingest",
  "POST /api/v1/ingest/preview": "ingest",
  "GET /api/v1/ingests/[id]": "read",
  "GET /api/v1/jobs": "read",
  "GET /api/v1/export/ocsf": "read",
  "GET /api/v1/jobs/[id]/file": "evidence",
  "GET /api/v1/jobs/stream": "read",
  "GET /api/v1/links": "workspace",
  "POST /api/v1/links": "decide",
  "GET /api/v1/members": "members",
  "GET /api/v1/log/checkpoint": "evidence",
  "GET /api/v1/log/proof": "evidence",
  "GET /api/v1/log/tile/[...path]": "evidence",
  "POST /api/v1/members": "members",
  "PATCH /api/v1/members/[member]": "members",
  "POST /api/v1/members/[member]/link": "members",
  "GET /api/v1/packs": "evidence",
  "GET /api/v1/packs/[pack]/file": "evidence",
  "PUT /api/v1/packs/schedules": "settings",
  "DELETE /api/v1/packs/schedules/[schedule]": "settings",
  "POST /api/v1/rebuild": "operate",
  "GET /api/v1/plan": "read",
  "GET /api/v1/reports/[name]": "read",
  "GET /api/v1/reviews": "see-reviews",
  "POST /api/v1/reviews": "run-reviews",
  "POST /api/v1/reviews/preview": "run-reviews",
  "GET /api/v1/reviews/[id]": "see-reviews",
  "GET /api/v1/reviews/[id]/items": "see-reviews",
  "GET /api/v1/reviews/[id]/items/[item]": "see-reviews",
  "POST /api/v1/reviews/[id]/decisions": "review",
  "POST /api/v1/reviews/[id]/opened": "review",
  "POST /api/v1/reviews/[id]/delegations": "review",
  "POST /api/v1/reviews/[id]/exemptions": "run-reviews",
  "PUT /api/v1/reviews/[id]/recurrence": "run-reviews",
  "POST /api/v1/reviews/[id]/state": "run-reviews",
  "GET /api/v1/reviews/[id]/population": "see-reviews",
  "GET /api/v1/reviews/[id]/tasks": "see-reviews",
  "POST /api/v1/reviews/[id]/tasks": "run-reviews",
  "POST /api/v1/reviews/[id]/reminders": "run-reviews",
  "POST /api/v1/sample": "operate",
  "GET /api/v1/search": "workspace",
  "DELETE /api/v1/session": "own",
  "DELETE /api/v1/sessions/[session]": "members",
  "GET /api/v1/sources": "read",
  "GET /api/v1/sources/mapping": "ingest",
  "PUT /api/v1/sources/mapping": "ingest",
  "PUT /api/v1/sources/retention": "operate",
  "GET /api/v1/push-sources": "operate",
  "POST /api/v1/push-sources": "operate",
  "GET /api/v1/push-sources/[source]": "operate",
  "PATCH /api/v1/push-sources/[source]": "operate",
  "DELETE /api/v1/push-sources/[source]": "operate",
  "GET /api/v1/scim-sources": "operate",
  "POST /api/v1/scim-sources": "operate",
  "DELETE /api/v1/scim-sources/[source]": "operate",
  "PUT /api/v1/scim-sources/[source]/token": "operate",
  "GET /api/v1/shares": "share",
  "POST /api/v1/shares": "share",
  "DELETE /api/v1/shares/[share]": "share",
  "GET /api/v1/tokens": "tokens",
  "POST /api/v1/tokens": "tokens",
  "DELETE /api/v1/tokens/[token]": "tokens",
  "GET /api/v1/views": "workspace",
  "POST /api/v1/views": "workspace",
  "DELETE /api/v1/views/[view]": "workspace",
  "POST /api/v1/views/[view]/restore": "workspace",
  "PAGE /": "own",
  "PAGE /access": "tokens",
  "PAGE /accounts": "read",
  "PAGE /alerts": "workspace",
  "PAGE /applications/[name]": "read",
  "PAGE /audit": "audit",
  "PAGE /coverage": "read",
  "PAGE /coverage/plan": "read",
  "PAGE /dormant": "read",
  "PAGE /evidence": "evidence",
  "PAGE /events/[id]": "read",
  "PAGE /failures": "read",
  "PAGE /failures/[group]": "read",
  "PAGE /identities/[subject]": "read",
  "PAGE /joiners": "read",
  "PAGE /links": "workspace",
  "PAGE /reconciliation": "read",
  "PAGE /movers": "read",
  "PAGE /offboarding": "read",
  "PAGE /reviews": "see-reviews",
  "PAGE /reviews/[id]": "see-reviews",
  "PAGE /reviews/[id]/items": "see-reviews",
  "PAGE /reviews/new": "run-reviews",
  "PAGE /shares": "share",
  "PAGE /sources": "read",
  // They are how one comes in, or show nothing.
  "GET /api/auth/[...nextauth]": "anybody",
  "POST /api/auth/[...nextauth]": "anybody",
  "POST /api/auth/backchannel-logout": "anybody",
  "PUT /api/theme": "anybody",
  "GET /open/[token]": "anybody",
  // The link itself says who may.
  "GET /share/[token]/pack": "anybody",
  "HEAD /share/[token]/pack": "anybody",
  "PAGE /share/[token]": "anybody",
  // A secret or a signature of the vendor's says who sends; no session and no API token opens it (lib/push/push.db.test.ts).
  "GET /push/[workspace]/[push]": "anybody",
  "POST /push/[workspace]/[push]": "anybody",
  // A source's own token says who may; no session and no API token opens it (e2e/scim-endpoint.spec.ts).
  "DELETE /scim/v2/[[...path]]": "anybody",
  "GET /scim/v2/[[...path]]": "anybody",
  "PATCH /scim/v2/[[...path]]": "anybody",
  "POST /scim/v2/[[...path]]": "anybody",
  "PUT /scim/v2/[[...path]]": "anybody",
  "PAGE /signin": "anybody",
  "PAGE /forbidden": "anybody",
};

const APP = fileURLToPath(new URL("../app", import.meta.url));
const METHODS =
  /export (?:const|async function|function) (GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\b|as (GET|POST|PUT|PATCH|DELETE)\b/gu;

/** What the code answers, as `METHOD /path`. */
async function routes(): Promise<string[]> {
  const files = await readdir(APP, { recursive: true });
  const found: string[] = [];
  for (const file of files) {
    const folder =
      `/${relative(APP, join(APP, file, ".."))}`.replace(/\/\([^)]*\)/gu, "").replaceAll("\\", "/") || "/";
    if (/(?:^|[/\\])page\.tsx$/u.test(file)) found.push(`PAGE ${folder}`);
    if (!/(?:^|[/\\])route\.tsx?$/u.test(file)) continue;
    const text = await readFile(join(APP, file), "utf8");
    for (const [, direct, renamed] of text.matchAll(METHODS)) found.push(`${direct ?? renamed} ${folder}`);
  }
  return found.sort();
}

/** An address of the pattern; of things that are not there. */
const address = (pattern: string): string =>
  origin +
  pattern
    .replace("[name]", "coverage")
    .replace("[subject]", "p%3Aokta%3Anobody")
    .replace(/\[[^\]]+\]/gu, "00000000-0000-4000-8000-000000000000");

interface Key {
  cookie?: string;
  authorization?: string;
}

async function status(rule: string, key: Key): Promise<number | "signin" | "forbidden"> {
  const [method = "", pattern = ""] = rule.split(" ");
  const page = method === "PAGE";
  const answer = await fetch(address(pattern), {
    method: page ? "GET" : method,
    redirect: "manual",
    headers: { ...key, ...(page ? {} : SAME_ORIGIN) },
    ...(["POST", "PATCH", "PUT"].includes(method) ? { body: "" } : {}),
  });
  const to = answer.headers.get("location") ?? "";
  if (to.endsWith("/signin")) return "signin";
  if (to.endsWith("/forbidden")) return "forbidden";
  // Next has begun to answer when it redirects from below a layout: the browser follows this.
  const text = page && answer.status === 200 ? await answer.text() : "";
  if (text.includes("url=/signin") || text.includes("NEXT_REDIRECT;replace;/signin")) return "signin";
  if (text.includes("url=/forbidden") || text.includes("NEXT_REDIRECT;replace;/forbidden"))
    return "forbidden";
  return answer.status;
}

const guarded = Object.entries(RULES).filter(([, permission]) => permission !== "anybody") as [
  string,
  Permission,
][];

/** What a request that is not let in gets. */
const shut = (rule: string, page: "signin" | "forbidden", code: number) =>
  rule.startsWith("PAGE") ? page : code;

test("each route of the code has a rule here, and each rule a route", async () => {
  expect(await routes()).toEqual(Object.keys(RULES).sort());
});

test("nobody gets in without a session", async () => {
  for (const [rule] of guarded) {
    for (const key of [{}, { cookie: "next-auth.session-token=x" }, { authorization: "Bearer x" }]) {
      expect(await status(rule, key), rule).toBe(shut(rule, "signin", 401));
    }
  }
});

for (const role of ROLES) {
  test(`${role}: gets what the role may, and nothing else`, async () => {
    test.setTimeout(180_000);
    const more = role === "customer-viewer" ? { customer: "Nobody Inc" } : {};
    const { session } = await newMember(role as Role, more);
    const key = { cookie: `next-auth.session-token=${session}` };
    // What ends the session comes last.
    for (const [rule, permission] of [...guarded].sort(
      ([a], [b]) => Number(a.endsWith("/session")) - Number(b.endsWith("/session")),
    )) {
      const got = await status(rule, key);
      if (may(role, permission)) {
        expect(["signin", "forbidden", 401, 403], `${role} ${rule}`).not.toContain(got);
        expect(got, `${role} ${rule}`).toBeLessThan(500);
      } else expect(got, `${role} ${rule}`).toBe(shut(rule, "forbidden", 403));
    }
  });
}

test("a token can do what its scopes say, on the routes of programs, and nothing on pages that sign in", async () => {
  const { session } = await newMember("admin");
  const made = await fetch(`${origin}/api/v1/tokens`, {
    method: "POST",
    headers: {
      cookie: `next-auth.session-token=${session}`,
      "content-type": "application/json",
      ...SAME_ORIGIN,
    },
    body: JSON.stringify({ name: "reader", scopes: ["read"], days: 1 }),
  });
  const { secret } = (await made.json()) as { secret: string };
  for (const [rule, permission] of guarded.filter(([rule]) => !rule.startsWith("PAGE"))) {
    const got = await status(rule, { authorization: `Bearer ${secret}` });
    if (permission === "read" || permission === "own") expect([401, 403], rule).not.toContain(got);
    else expect(got, rule).toBe(403);
  }
});
