/** What vendors push, over HTTP on a real database: who is believed, what is kept, and what is answered. */
import { createHmac } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandLine } from "../auth/caller.ts";
import { recordsInLog } from "../connectors/testing/pull.ts";
import { logEvent } from "../ingest/adapters/okta/fixtures.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { removePushSource } from "./remove-push-source.ts";
import { setPushSource } from "./set-push-source.ts";
import { INSTALLATION, type PushEndpoint, pushEndpoint, pushSource, pushTold } from "./testing/endpoint.ts";

const test = testDatabase();
let endpoint: PushEndpoint;

beforeAll(async () => {
  endpoint = await pushEndpoint(test.db);
});
afterAll(() => endpoint.close());

const source = (input: Parameters<typeof pushSource>[2]) => pushSource(test.db, endpoint, input);
const post = (
  address: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
) => fetch(address, { method: "POST", body, headers });
const change = (name: string, what: Partial<Parameters<typeof setPushSource>[4]>) =>
  setPushSource(
    test.db,
    "main",
    commandLine(),
    name,
    { settings: null, secret: null, ...what },
    INSTALLATION,
  );
const SAMPLES = new URL("../../../shared/samples/", import.meta.url);
const sample = (file: string) => readFileSync(new URL(file, SAMPLES), "utf8");
const there = existsSync(SAMPLES);

describe("an address", () => {
  it("that nothing is pushed to, or is not any more, says so", async () => {
    const { address } = await source({ source: "gone", kind: "okta-hook" });
    await removePushSource(test.db, "main", commandLine(), "gone");
    for (const nobody of [
      address,
      `${endpoint.url}/push/main/x`,
      `${endpoint.url}/push/main/${"0".repeat(36)}`,
    ]) {
      const answer = await post(nobody, "{}");
      expect([answer.status, await answer.json()]).toEqual([
        404,
        { error: { code: "not_found", message: "Nothing is pushed to this address." } },
      ]);
    }
  });

  it("whose secret was kept under another secret of the installation says so to people, and 503 to the vendor", async () => {
    const { address, secret } = await source({ source: "moved", kind: "okta-hook" });
    await test.owner.sql`alter table push_sources disable trigger user`;
    await test.owner.sql`update push_sources set secret = 'of another' where source = 'moved'`;
    await test.owner.sql`alter table push_sources enable trigger user`;
    expect((await post(address, "{}", { authorization: secret })).status).toBe(503);
    expect((await pushTold(test.db, "moved")).lastRefusal).toContain("Set it anew.");
  });

  it("answers 503 while the database refuses, so that the vendor sends again, and keeps it then", async () => {
    const { address, secret } = await source({ source: "full", kind: "okta-hook" });
    const send = () => post(address, hook([event("full-1")]), { authorization: secret });
    await test.owner
      .sql`alter table records add constraint full_disk check (workspace_id <> 'main') not valid`;
    try {
      const answer = await send();
      expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "10"]);
    } finally {
      await test.owner.sql`alter table records drop constraint full_disk`;
    }
    expect(await pushTold(test.db, "full")).toMatchObject({ records: 0, lastReceivedAt: null });
    expect((await send()).status).toBe(200);
    expect(await pushTold(test.db, "full")).toMatchObject({ records: 1 });
  });
});

const event = (uuid: string) => ({ ...logEvent("user.lifecycle.deactivate"), uuid });
const hook = (events: unknown[]) =>
  JSON.stringify({ eventType: "com.okta.event_hook", cloudEventsVersion: "0.1", data: { events } });

describe("an Okta event hook", () => {
  it("is verified, and its events are kept once, with the secret alone", async () => {
    const { address, secret } = await source({ source: "okta", kind: "okta-hook" });
    expect(secret).toMatch(/^[\w-]{43}$/u);
    const asked = await fetch(address, { headers: { "x-okta-verification-challenge": "a b" } });
    expect([asked.status, await asked.json()]).toEqual([200, { verification: "a b" }]);
    expect((await fetch(address)).status).toBe(404);

    const body = hook([event("hook-1"), event("hook-2")]);
    for (const headers of [{}, { authorization: `${secret}x` }, { authorization: "" }]) {
      const refused = await post(address, body, headers as Record<string, string>);
      expect(refused.status).toBe(401);
      expect(await refused.text()).toContain("The header Authorization ");
    }
    expect(await recordsInLog(test.db, "okta")).toEqual([]);
    expect(await pushTold(test.db, "okta")).toMatchObject({
      lastReceivedAt: null,
      lastRefusal: expect.stringContaining("The header Authorization"),
    });
    for (let i = 0; i < 2; i++)
      expect((await post(address, body, { authorization: secret })).status).toBe(200);
    expect((await recordsInLog(test.db, "okta")).map(({ uuid }) => uuid)).toEqual(["hook-1", "hook-2"]);
    expect(await pushTold(test.db, "okta")).toMatchObject({ records: 2, lastReceivedAt: expect.any(String) });
  });

  it("may hold the secret in another header, and a new one ends the one before", async () => {
    const { address, secret } = await source({
      source: "okta-header",
      kind: "okta-hook",
      settings: { header: "X-Rollcall" },
    });
    const send = (key: string) => post(address, hook([event("header-1")]), { "x-rollcall": key });
    expect((await send(secret)).status).toBe(200);
    const renewed = await change("okta-header", { secret: { new: true } });
    expect([(await send(secret)).status, (await send(renewed.secret ?? "")).status]).toEqual([401, 200]);
  });

  it("keeps what can't be read with its reason, and answers all the same: sent again it would be no better", async () => {
    const { address, secret } = await source({ source: "okta-odd", kind: "okta-hook" });
    const odd = ["{", "", hook([]), hook([event("odd-1"), { eventType: 5 }])];
    for (const body of odd) expect((await post(address, body, { authorization: secret })).status).toBe(200);
    expect(await pushTold(test.db, "okta-odd")).toMatchObject({ records: 1 });
    const [kept] = await test.db.sql`select count(*)::int n from rejected_records where source = 'okta-odd'`;
    expect(kept?.n).toBe(2);
  });

  it.skipIf(!there)(
    `as Okta shows one is read (${there ? "there" : "skipped: no ../shared/samples"})`,
    async () => {
      const { address, secret } = await source({ source: "okta-sample", kind: "okta-hook" });
      const body = sample("okta/event-hook-delivery-0.json");
      expect((await post(address, body, { authorization: secret })).status).toBe(200);
      expect((await pushTold(test.db, "okta-sample")).records).toBeGreaterThan(0);
    },
  );
});

const KEY = "wh-secret-of-the-test";
const webhook = (id: string) =>
  JSON.stringify({
    object: "event",
    id,
    event: "dsync.user.created",
    created_at: "2026-03-02T09:15:30.000Z",
    data: { id: "directory_user_1", directory_id: "directory_1", state: "active", username: "alice" },
  });
const signed = (body: string, key = KEY, at = Date.now()) => ({
  "workos-signature": `t=${at}, v1=${createHmac("sha256", key).update(`${at}.${body}`).digest("hex")}`,
});

describe("a WorkOS webhook", () => {
  const kind = "workos-webhook";

  it("is believed for its signature over the very bytes, not for one of another body, key or time", async () => {
    const { address } = await source({ source: "workos", kind, secret: KEY });
    const body = webhook("event_1");
    const refused: [string, Record<string, string>, RegExp][] = [
      [body, {}, /missing/u],
      [body, { "workos-signature": "v1=abc" }, /missing/u],
      [body, { "workos-signature": `t=${Date.now()}` }, /missing/u],
      [body, signed(body, "another"), /another secret/u],
      [`${body} `, signed(body), /the body was changed/u],
      [
        body,
        { "workos-signature": signed(body)["workos-signature"].replace("t=1", "t=2") },
        /another secret/u,
      ],
      [body, signed(body, KEY, Date.now() - 200_000), /more than 180 s/u],
      [body, signed(body, KEY, Date.now() + 200_000), /more than 180 s/u],
    ];
    for (const [sent, headers, why] of refused) {
      const answer = await post(address, sent, headers);
      expect([answer.status, await answer.text()]).toEqual([401, expect.stringMatching(why)]);
    }
    expect(await recordsInLog(test.db, "workos")).toEqual([]);
    // Replayed within the tolerance it is the record that the log has.
    const headers = signed(body);
    for (let i = 0; i < 3; i++) expect((await post(address, body, headers)).status).toBe(200);
    expect((await recordsInLog(test.db, "workos")).map(({ id }) => id)).toEqual(["event_1"]);
  });

  it("waits for its secret, which WorkOS makes once it knows the address; the tolerance can be set", async () => {
    const { address, secret } = await source({ source: "workos-late", kind });
    expect(secret).toBe("");
    const body = webhook("event_2");
    const unset = await post(address, body, signed(body));
    expect([unset.status, await unset.text()]).toEqual([
      401,
      expect.stringContaining("was not set here yet"),
    ]);
    await change("workos-late", { secret: KEY, settings: { tolerance: 600 } });
    expect((await post(address, body, signed(body, KEY, Date.now() - 200_000))).status).toBe(200);
    for (const secret of ["", " ", { new: true } as const])
      await expect(change("workos-late", { secret })).rejects.toMatchObject({ code: "bad-secret" });
    expect((await pushTold(test.db, "workos-late")).hasSecret).toBe(true);
    const [row] = await test.db.sql`select secret from push_sources where source = 'workos-late'`;
    expect(Buffer.from(row?.secret as Uint8Array).toString("latin1")).not.toContain(KEY);
  });

  it.skipIf(!there)(
    `as WorkOS shows one is read (${there ? "there" : "skipped: no ../shared/samples"})`,
    async () => {
      const { address } = await source({ source: "workos-sample", kind, secret: KEY });
      const body = sample("workos/node_webhook.json");
      expect((await post(address, body, signed(body))).status).toBe(200);
      expect(await pushTold(test.db, "workos-sample")).toMatchObject({ records: 1 });
    },
  );
});

describe("a source that is pushed into", () => {
  it("is refused with the reason", async () => {
    const tries: [Partial<Parameters<typeof pushSource>[2]>, string][] = [
      [{ source: "Not a name" }, "bad-source-name"],
      [{ kind: "pigeon" }, "unknown-kind"],
      [{ settings: { header: "a b" } }, "bad-settings"],
      [{ settings: { colour: "red" } }, "bad-settings"],
      [{ secret: "mine" }, "bad-secret"],
      [{ kind: "set-push", settings: { issuer: "x", audience: "x", jwksUrl: "ftp://x" } }, "bad-settings"],
      [{ kind: "workos-webhook", secret: "x".repeat(1_001) }, "bad-secret"],
    ];
    for (const [wrong, code] of tries)
      await expect(source({ source: "refused", kind: "okta-hook", ...wrong })).rejects.toMatchObject({
        code,
      });
    await source({ source: "taken", kind: "okta-hook", customer: "Acme" });
    await expect(source({ source: "taken", kind: "okta-hook" })).rejects.toMatchObject({
      code: "known-source",
    });
    await expect(source({ source: "taken", kind: "okta-hook", customer: "Globex" })).rejects.toMatchObject({
      code: "customer-differs",
    });
    await expect(change("nobody", {})).rejects.toMatchObject({ code: "unknown-source" });
  });

  it("has an entry in the audit log for each decision, none for a delivery, and no secret in any", async () => {
    const { address, secret } = await source({ source: "audited", kind: "okta-hook" });
    for (let i = 0; i < 3; i++) await post(address, hook([event(`audited-${i}`)]), { authorization: secret });
    await change("audited", { secret: { new: true } });
    await removePushSource(test.db, "main", commandLine(), "audited");
    const entries = await test.db.sql<{ verb: string; all: string }[]>`
      select verb, a::text "all" from audit_entries a where object = 'audited' order by entry`;
    expect(entries.map(({ verb }) => verb)).toEqual([
      "add-push-source",
      "set-push-source",
      "remove-push-source",
    ]);
    for (const { all } of entries) expect(all).not.toContain(secret);
    expect(await recordsInLog(test.db, "audited")).toHaveLength(3);
  });
});
