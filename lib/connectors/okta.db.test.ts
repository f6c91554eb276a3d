/** Okta's connectors against an Okta with its awkward manners. */
import { generateKeyPairSync } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readWork } from "../../db/queries/connector-work.ts";
import { commandLine } from "../auth/caller.ts";
import { APP, APP_USER, type Data, GROUP, USER } from "../ingest/adapters/okta-snapshot/fixtures.ts";
import { differences } from "../reports/check.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { backfillConnector } from "./backfill-connector.ts";
import { listConnectors } from "./list-connectors.ts";
import { type FakeOkta, fakeOkta, OKTA_TOKEN } from "./testing/okta.ts";
import { pull, recordsInLog, setUp } from "./testing/pull.ts";

const DAY = 86_400_000;

describe("Okta's System Log", () => {
  const database = testDatabase();
  let okta: FakeOkta;
  let n = 0;
  /** Name of the connector and of its source. */
  let name = "";
  const settings = () => ({ url: okta.url });
  const add = (more: { everySeconds?: number } = {}) =>
    setUp(database.db, name, "okta-logs", settings(), OKTA_TOKEN, { source: name, ...more });
  const inLog = async () => (await recordsInLog(database.db, name)).map(({ uuid }) => uuid).sort();
  const inOkta = () => okta.records.map(({ uuid }) => uuid).sort();
  const told = async () => (await listConnectors(database.db, "main", name))[0];

  beforeEach(async () => {
    process.env.ROLLCALL_ALLOW_HOSTS = "127.0.0.1";
    okta = await fakeOkta();
    name = `okta-${n++}`;
  });
  afterEach(() => okta.close());

  it("is read from page to page, each record once, though pages repeat and run backwards in time", async () => {
    okta.pageSize = 40;
    okta.repeats = 3;
    okta.add(150);
    await add();
    expect(await pull(database.db, name)).toMatchObject({ accepted: 150, rejected: 0, problem: null });
    expect(await inLog()).toEqual(inOkta());
    // What comes later is found behind the last link, also what happened earlier.
    okta.add(5, Date.now() - 5 * DAY);
    expect(await pull(database.db, name)).toMatchObject({ accepted: 5 });
    expect(await inLog()).toEqual(inOkta());
    expect(okta.asked.filter((call) => call.includes("since=")).length).toBe(1);
    expect(await told()).toMatchObject({ state: "healthy", lastError: null, records: 155 });
    expect(await differences(database.db, "main")).toEqual([]);
  });

  it("goes on from a place that Okta does not take any more, an hour before the newest record", async () => {
    okta.add(30);
    await add();
    await pull(database.db, name);
    okta.expireLinks();
    okta.add(10);
    expect(await pull(database.db, name)).toMatchObject({ accepted: 10, problem: null });
    expect(await inLog()).toEqual(inOkta());
  });

  it("is tried again when the network or Okta fails for a moment, and half an answer is none", async () => {
    okta.pageSize = 20;
    okta.add(60);
    okta.faults.push("close", "500", "half");
    await add();
    expect(await pull(database.db, name)).toMatchObject({ accepted: 60, problem: null });
    expect(await inLog()).toEqual(inOkta());
  });

  it("that fails for longer is told in words, keeps its place, and comes back later each time", async () => {
    okta.pageSize = 20;
    okta.add(60);
    await add();
    const calls = okta.asked;
    okta.onRequest = () => {
      if (calls.length > 2) okta.faults = ["500"];
    };
    const first = await pull(database.db, name);
    expect(first).toMatchObject({
      accepted: 40,
      problem: expect.stringContaining("HTTP 500. It says: it broke"),
    });
    const one = await told();
    expect(one).toMatchObject({ state: "failing", lastError: first?.problem, records: 40 });
    await pull(database.db, name);
    const [work] = await readWork(database.db.sql, "main");
    expect(work?.failures).toBeGreaterThan(0);
    okta.onRequest = () => {};
    okta.faults = [];
    expect(await pull(database.db, name)).toMatchObject({ accepted: 20, problem: null });
    expect(await inLog()).toEqual(inOkta());
    expect(await told()).toMatchObject({ state: "healthy", lastError: null });
  });

  it("waits as long as Okta's limit says, by Okta's clock, and asks no more meanwhile", async () => {
    okta.skew = 3_600_000;
    okta.add(10);
    okta.faults.push("limit");
    await add();
    expect(await pull(database.db, name)).toMatchObject({ accepted: 10, problem: null });
    expect(okta.asked.length).toBeLessThan(5);
  });

  it("with a wrong token says what to do, and does not try it again and again", async () => {
    await setUp(database.db, name, "okta-logs", settings(), "a-wrong-token", { source: name });
    const result = await pull(database.db, name);
    expect(result?.problem).toContain("E0000011: Invalid token provided");
    expect(result?.problem).toContain("give a new one");
    expect(result?.problem).not.toContain("a-wrong-token");
    expect(okta.asked).toHaveLength(1);
  });

  it("is read with tokens for a private key, and a new one when one is not taken any more", async () => {
    await okta.close();
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    okta = await fakeOkta(publicKey.export({ type: "spki", format: "pem" }).toString());
    okta.add(10);
    const jwk = JSON.stringify({ ...privateKey.export({ format: "jwk" }), kid: "key-1" });
    await setUp(database.db, name, "okta-logs", { ...settings(), clientId: "client" }, jwk, { source: name });
    okta.onRequest = () => {
      if (okta.asked.length === 2) okta.expireTokens();
    };
    expect(await pull(database.db, name)).toMatchObject({ accepted: 10, problem: null });
    expect(okta.asked.filter((call) => call.startsWith("POST /oauth2/v1/token"))).toHaveLength(2);

    const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    await setUp(
      database.db,
      `${name}-pem`,
      "okta-logs",
      { ...settings(), clientId: "client", keyId: "key-1" },
      pem,
      { source: `${name}-pem` },
    );
    expect(await pull(database.db, `${name}-pem`)).toMatchObject({ accepted: 10, problem: null });
  });

  it("of a past time is fetched beside what is new, and goes on where it was cut off", async () => {
    okta.pageSize = 10;
    okta.repeats = 2;
    okta.add(40, Date.now() - 30 * DAY);
    okta.add(40, Date.now() - 20 * DAY);
    await setUp(
      database.db,
      name,
      "okta-logs",
      { ...settings(), since: new Date(Date.now() - DAY).toISOString() },
      OKTA_TOKEN,
      { source: name },
    );
    expect(await pull(database.db, name)).toMatchObject({ accepted: 0, problem: null });
    const window = { from: Date.now() - 200 * DAY, to: Date.now() - 10 * DAY };
    await backfillConnector(database.db, "main", commandLine(), name, window);
    let accepted = 0;
    const shares: number[] = [];
    for (let more = true, runs = 0; more; runs++) {
      expect(runs).toBeLessThan(100);
      const result = await pull(database.db, name, { backfill: true, sliceMs: 0 });
      accepted += result?.accepted ?? 0;
      more = result?.more ?? false;
      shares.push((await told())?.backfills[0]?.share ?? -1);
    }
    expect(accepted).toBe(80);
    expect(await inLog()).toEqual(inOkta());
    expect(shares.length).toBeGreaterThan(8);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect((await told())?.backfills).toMatchObject([{ state: "done", share: 1, records: 80 }]);
    expect(await pull(database.db, name, { backfill: true })).toBeNull();
  });

  it("calls nowhere but at the address that it was given", async () => {
    okta.add(5);
    await add();
    await database.db
      .sql`update connector_work set cursor = ${JSON.stringify({ next: "https://evil.example/api/v1/logs", newest: null })}::text::jsonb
      where work in (select work from connector_work join connectors using (workspace_id, connector) where name = ${name})`;
    expect((await pull(database.db, name))?.problem).toContain("evil.example, which is not called");
    expect(okta.asked).toEqual([]);
  });
});

describe("Okta's lists", () => {
  const database = testDatabase();
  let okta: FakeOkta;
  const user = (i: number): Data => ({
    ...USER,
    id: `00u${i}`,
    profile: {
      ...(USER.profile as Data),
      login: `user${i}@larkspur.example`,
      email: `user${i}@larkspur.example`,
    },
  });
  const appUser = (i: number): Data => {
    const { appLabel: _, ...bare } = APP_USER;
    return {
      ...bare,
      id: `00u${i}`,
      externalId: `U${i}`,
      _links: { user: { href: `https://larkspur.okta.example/api/v1/users/00u${i}` } },
    };
  };
  const many = <T>(count: number, make: (i: number) => T): T[] =>
    Array.from({ length: count }, (_, i) => make(i));

  beforeEach(async () => {
    process.env.ROLLCALL_ALLOW_HOSTS = "127.0.0.1";
    okta = await fakeOkta();
    okta.pageSize = 7;
    okta.lists.set("/api/v1/users", many(20, user));
    okta.lists.set(
      "/api/v1/users gone",
      many(3, (i) => ({ ...user(100 + i), status: "DEPROVISIONED" })),
    );
    okta.lists.set("/api/v1/groups", [
      { ...GROUP, id: "00gall", type: "BUILT_IN" },
      ...many(9, (i) => ({ ...GROUP, id: `00g${i}` })),
    ]);
    for (let i = 0; i < 9; i++) okta.lists.set(`/api/v1/groups/00g${i}/users`, many(i * 2, user));
    okta.lists.set("/api/v1/apps", [
      APP,
      { ...APP, id: "0oa2mail", label: "Mail" },
      { ...APP, id: "0oa3gone", label: "Gone" },
    ]);
    okta.lists.set("/api/v1/apps/0oa1chat/users", many(15, appUser));
    okta.lists.set("/api/v1/apps/0oa2mail/users", []);
  });
  afterEach(() => okta.close());

  const MEMBERS = [0, 2, 4, 6, 8, 10, 12, 14, 16].reduce((sum, count) => sum + count);

  it("come whole, page by page, also when each page is a run of its own; once more they bring nothing", async () => {
    await setUp(database.db, "lists", "okta-snapshot", { url: okta.url }, OKTA_TOKEN);
    let accepted = 0;
    for (let more = true, runs = 0; more; runs++) {
      expect(runs).toBeLessThan(200);
      const result = await pull(database.db, "lists", { sliceMs: 0 });
      expect(result).toMatchObject({ pages: 1, problem: null });
      accepted += result?.accepted ?? 0;
      more = result?.more ?? false;
    }
    const records = await recordsInLog(database.db, "okta");
    expect(records).toHaveLength(20 + 3 + 10 + MEMBERS + 3 + 15);
    expect(accepted).toBe(records.length);
    expect(records.filter(({ appLabel }) => appLabel === "Team Chat")).toHaveLength(15);
    expect(records.filter(({ memberOf }) => memberOf !== undefined)).toHaveLength(MEMBERS);
    expect(records.filter(({ status }) => status === "DEPROVISIONED")).toHaveLength(3);
    const asked = okta.asked.length;
    expect(await pull(database.db, "lists")).toMatchObject({ accepted: 0, rejected: 0, problem: null });
    // Groups whose members have not changed are not asked for them again.
    expect(okta.asked.slice(asked).filter((call) => call.includes("/groups/"))).toEqual([]);
    expect(await differences(database.db, "main")).toEqual([]);
  });
});
