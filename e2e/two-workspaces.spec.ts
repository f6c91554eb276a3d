/** Two workspaces of one installation: neither can read anything of the other, by whatever id. */
import { expect, test } from "playwright/test";
import { rollcall } from "./rollcall.ts";
import { newMember, origin, SAME_ORIGIN, sessionOf } from "./sign-in.ts";

/** So many are tried: each with seven routes. */
const MOST_IDS = 120;

type Json = Record<string, unknown>;

/** All texts of a value that could be ids. */
function idsIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value === "string") {
    if (/^[0-9a-f-]{36}$|^[0-9a-f]{40}:\d+$|^[pxnca]:/u.test(value)) found.add(value);
  } else if (typeof value === "object" && value !== null)
    for (const one of Object.values(value)) idsIn(one, found);
  return found;
}

test("see nothing of each other", async () => {
  test.setTimeout(300_000);
  const second = `second-${process.pid}`;
  await rollcall(["workspace", "add", second]);
  const path = (await rollcall(["member", "link"], { ROLLCALL_WORKSPACE: second })).trim();
  const theirs = { cookie: `next-auth.session-token=${await sessionOf(`${origin}${path}`)}` };
  const { session } = await newMember("admin");
  const ours = { cookie: `next-auth.session-token=${session}` };

  /** Given an account, and later deactivated. */
  const record = (n: number) => {
    const person = Math.floor(n / 2);
    const name = `person${person}@elsewhere.example`;
    const user = {
      id: `00usecond${person}`,
      type: "User",
      alternateId: name,
      displayName: `Person ${person}`,
    };
    const application = {
      id: "0oasecond",
      type: "AppInstance",
      alternateId: "Ledger",
      displayName: "Ledger",
    };
    const account = { ...user, id: `0uasecond${person}`, type: "AppUser" };
    return {
      uuid: `5ec0ad00-0000-4000-8000-${String(n).padStart(12, "0")}`,
      published: `2026-05-${n % 2 === 0 ? "01" : "11"}T10:00:00.000Z`,
      eventType: n % 2 === 0 ? "application.user_membership.add" : "user.lifecycle.deactivate",
      outcome: { result: "SUCCESS" },
      actor: { id: "00uadmin", type: "User", alternateId: "admin@elsewhere.example", displayName: "Admin" },
      target: n % 2 === 0 ? [account, application, user] : [user],
    };
  };
  const sent = await fetch(`${origin}/api/v1/ingest?name=second.ndjson`, {
    method: "POST",
    headers: { ...theirs, ...SAME_ORIGIN },
    body: Array.from({ length: 80 }, (_, n) => JSON.stringify(record(n))).join("\n"),
  });
  expect(sent.status, await sent.clone().text()).toBe(200);

  const read = async (key: Record<string, string>, at: string) => {
    const answer = await fetch(`${origin}${at}`, { headers: key });
    return { status: answer.status, body: (await answer.json()) as Json };
  };
  const everything = async (key: Record<string, string>) => {
    const reports = [
      "coverage",
      "failures",
      "offboarding",
      "dormant",
      "accounts",
      "joiners",
      "movers",
      "completeness",
    ];
    const lists = ["sources", "links", "members", "tokens", "audit?limit=1000", "search?q=a"];
    const all: unknown[] = [];
    for (const at of [...reports.map((name) => `reports/${name}`), ...lists]) {
      const { status, body } = await read(key, `/api/v1/${at}`);
      expect(status, at).toBe(200);
      all.push(body);
    }
    return all;
  };
  const [own, other] = [await everything(ours), await everything(theirs)];
  const [ids, otherIds] = [idsIn(own), idsIn(other)];
  expect(ids.size).toBeGreaterThan(500);
  expect(otherIds.size).toBeGreaterThan(40);
  // What names the same thing in both is no secret of either: an application's ref, the name of a person's own account.
  const shared = [...ids].filter((id) => otherIds.has(id));
  expect(shared).toEqual([]);
  expect(JSON.stringify(own)).not.toContain("elsewhere.example");
  expect(JSON.stringify(other)).not.toContain("larkspur.example");

  /** Every route that takes an id, with ids of the other workspace; of a great many some of each kind. */
  const tryAll = async (key: Record<string, string>, foreign: Set<string>) => {
    const every = Math.ceil(foreign.size / MOST_IDS);
    const tried = [...foreign].sort().filter((_, i) => i % every === 0);
    for (const id of tried) {
      const at = encodeURIComponent(id);
      for (const route of ["events", "identities", "ingests"]) {
        expect((await read(key, `/api/v1/${route}/${at}`)).status, `${route} ${id}`).toBe(404);
      }
      if (!/^[0-9a-f-]{36}$/u.test(id)) continue;
      for (const [method, route, body] of [
        ["PATCH", "members", { active: false }],
        ["POST", "members/ID/link", {}],
        ["DELETE", "sessions", null],
        ["DELETE", "tokens", null],
      ] as const) {
        const url = `${origin}/api/v1/${route.includes("ID") ? route.replace("ID", at) : `${route}/${at}`}`;
        const answer = await fetch(url, {
          method,
          headers: { ...key, ...SAME_ORIGIN, "content-type": "application/json" },
          ...(body === null ? {} : { body: JSON.stringify(body) }),
        });
        expect([404, 422], `${method} ${url}`).toContain(answer.status);
      }
    }
  };
  await tryAll(theirs, ids);
  await tryAll(ours, otherIds);
});
