/** Security Event Tokens as they are pushed (RFC 8935): who is believed, what is answered, and that none is lost or doubled. */
import { existsSync, readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordsInLog } from "../connectors/testing/pull.ts";
import type { Data } from "../ingest/adapters/set/fixtures.ts";
import { jws } from "../ingest/adapters/set/fixtures.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { type PushEndpoint, pushEndpoint, pushSource, pushTold } from "./testing/endpoint.ts";
import { AUD, setOf, type TestIssuer, testIssuer } from "./testing/issuer.ts";

const test = testDatabase();
let endpoint: PushEndpoint;
let issuer: TestIssuer;

beforeAll(async () => {
  process.env.ROLLCALL_ALLOW_HOSTS = "127.0.0.1";
  [endpoint, issuer] = await Promise.all([pushEndpoint(test.db), testIssuer()]);
});
afterAll(() => Promise.all([endpoint.close(), issuer.close()]));

const TYPE = "application/secevent+jwt";
const source = async (name: string, by: TestIssuer = issuer) => {
  const { address } = await pushSource(test.db, endpoint, {
    source: name,
    kind: "set-push",
    settings: { ...by.settings },
  });
  return (token: string, type = TYPE) =>
    fetch(address, {
      method: "POST",
      body: token,
      headers: { "content-type": type, accept: "application/json" },
    });
};
const jtisOf = async (name: string) =>
  (await recordsInLog(test.db, name)).map(({ set }) => {
    const [, payload = ""] = String(set).split(".");
    return (JSON.parse(Buffer.from(payload, "base64url").toString()) as { jti: string }).jti;
  });

describe("a token", () => {
  it("is taken with 202 and nothing else, and kept once as it was signed, however often it comes", async () => {
    const send = await source("once");
    const token = await issuer.sign(setOf("once-1"));
    // Signed anew it is another text, and the same token.
    for (const again of [token, token, await issuer.sign(setOf("once-1"))]) {
      const answer = await send(again);
      expect([answer.status, await answer.text()]).toEqual([202, ""]);
    }
    expect((await send(`${token}\n`, `${TYPE}; charset=utf-8`)).status).toBe(202);
    expect(await recordsInLog(test.db, "once")).toEqual([{ set: token }]);
    expect(await pushTold(test.db, "once")).toMatchObject({ records: 1, lastRefusal: null });
  });

  it("is refused with the error of RFC 8935 for what is wrong with it", async () => {
    const send = await source("refused");
    const stranger = await testIssuer();
    const good = await issuer.sign(setOf("refused-1"));
    const [header, payload, signature] = good.split(".") as [string, string, string];
    const changed = Buffer.from(JSON.stringify(setOf("refused-2"))).toString("base64url");
    const claims = (differs: Data) => issuer.sign(setOf("refused-3", differs));
    const soon = Math.floor(Date.now() / 1_000) + 3_600;
    const tries: [string, string][] = [
      ["", "invalid_request"],
      ["not a token", "invalid_request"],
      [JSON.stringify(setOf("refused-4")), "invalid_request"],
      [`${header}.${payload}.`, "authentication_failed"],
      [`${header}.${changed}.${signature}`, "authentication_failed"],
      // Another's key under the name of the issuer's.
      [await stranger.sign(setOf("refused-5")), "authentication_failed"],
      [await issuer.sign(setOf("refused-6"), { kid: "key-0" }), "invalid_key"],
      [jws(setOf("refused-7")).replace(/^[^.]+/u, base64({ alg: "none" })), "invalid_key"],
      [jws(setOf("refused-8")).replace(/^[^.]+/u, base64({ alg: "HS256" })), "invalid_key"],
      [await issuer.sign(setOf("refused-9"), { typ: "at+jwt" }), "invalid_request"],
      [await claims({ iss: "https://elsewhere.example" }), "invalid_issuer"],
      [await claims({ aud: "https://elsewhere.example" }), "invalid_audience"],
      [await claims({ aud: undefined }), "invalid_audience"],
      [await claims({ jti: undefined }), "invalid_request"],
      [await claims({ iat: undefined }), "invalid_request"],
      [await claims({ iat: soon }), "invalid_request"],
      [await claims({ events: {} }), "invalid_request"],
      [await claims({ events: undefined }), "invalid_request"],
    ];
    for (const [token, err] of tries) {
      const answer = await send(token);
      expect([answer.status, answer.headers.get("content-language")], token).toEqual([400, "en"]);
      expect(await answer.json(), token).toEqual({ err, description: expect.stringMatching(/\.$/u) });
    }
    expect((await send(good, "application/json")).status).toBe(415);
    await stranger.close();
    expect(await recordsInLog(test.db, "refused")).toEqual([]);
    expect(await pushTold(test.db, "refused")).toMatchObject({ records: 0, lastRefusal: expect.any(String) });
  });

  it("that is the issuer's and can't be read is kept with its reason, and the issuer is told", async () => {
    const send = await source("unreadable");
    const answer = await send(await issuer.sign(setOf("unreadable-1", { toe: "yesterday" })));
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { err: "invalid_request", description: expect.stringContaining('"toe"') },
    ]);
    const [kept] = await test.db.sql`select reason from rejected_records where source = 'unreadable'`;
    expect(kept?.reason).toContain('"toe"');
  });

  it("may be for several, of a type told in any way, and of long ago", async () => {
    const send = await source("manners");
    const claims = setOf("manners-1", { aud: ["https://other.example", AUD], iat: 1_600_000_000 });
    for (const typ of ["application/secevent+jwt", "JWT"])
      expect((await send(await issuer.sign(claims, { typ }))).status).toBe(202);
  });
});

describe("keys", () => {
  it("that were rotated are fetched anew, and those before let nobody in", async () => {
    const own = await testIssuer();
    const send = await source("rotated", own);
    const before = await own.sign(setOf("rotated-1"));
    expect((await send(before)).status).toBe(202);
    await own.rotate();
    expect((await send(await own.sign(setOf("rotated-2")))).status).toBe(202);
    expect(await (await send(before)).json()).toMatchObject({ err: "invalid_key" });
    // A key that keeps its name is told by the signature.
    await own.rotate();
    expect((await send(await own.sign(setOf("rotated-3"), { kid: "key-2" }))).status).toBe(400);
    expect(own.asked.length).toBeGreaterThan(2);
    await own.close();
  });

  it("that can't be had make the sender try again later, and are not asked for all the time", async () => {
    const own = await testIssuer();
    const send = await source("down", own);
    own.faults = ["500"];
    const token = await own.sign(setOf("down-1"));
    for (let i = 0; i < 3; i++) {
      const answer = await send(token);
      expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "30"]);
      expect(await answer.text()).toContain("HTTP 500");
    }
    expect(own.asked).toEqual(["GET /keys"]);
    expect(await pushTold(test.db, "down")).toMatchObject({
      lastRefusal: expect.stringContaining("HTTP 500"),
    });
    await own.close();
  });

  it("that fit stay good while others can't be had", async () => {
    const own = await testIssuer();
    const send = await source("steady", own);
    expect((await send(await own.sign(setOf("steady-1")))).status).toBe(202);
    own.faults = ["500"];
    expect((await send(await own.sign(setOf("steady-2"), { kid: "of-a-stranger" }))).status).toBe(503);
    expect((await send(await own.sign(setOf("steady-3")))).status).toBe(202);
    await own.close();
  });

  it("are asked for once, however many wait for them", async () => {
    const own = await testIssuer();
    const send = await source("herd", own);
    const tokens = await Promise.all(Array.from({ length: 20 }, (_, i) => own.sign(setOf(`herd-${i}`))));
    const answers = await Promise.all(tokens.map((token) => send(token)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(own.asked).toEqual(["GET /keys"]);
    await own.close();
  });
});

/** The answer's status; by Node's own client, since `fetch` takes longer than all else here. */
const statusOf = (address: string, token: string, agent: Agent): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const asked = request(address, { method: "POST", agent, headers: { "content-type": TYPE } }, (answer) => {
      answer.resume().once("end", () => resolve(answer.statusCode));
    });
    asked.once("error", reject).end(token);
  });

describe("many", () => {
  it("10,000 at once, some of them twice, are all answered and each is one record", {
    timeout: 240_000,
  }, async () => {
    const { address } = await pushSource(test.db, endpoint, {
      source: "many",
      kind: "set-push",
      settings: { ...issuer.settings },
    });
    const jtis = Array.from({ length: 10_000 }, (_, i) => `many-${i}`);
    const tokens = await Promise.all(jtis.map((jti) => issuer.sign(setOf(jti))));
    const agent = new Agent({ keepAlive: true, maxSockets: 500 });
    const answers = await Promise.all(
      [...tokens, ...tokens.slice(0, 1_000)].map((token) => statusOf(address, token, agent)),
    );
    agent.destroy();
    expect(new Set(answers)).toEqual(new Set([202]));
    expect((await jtisOf("many")).sort()).toEqual(jtis.sort());
    const [segments] = await test.db.sql`select count(*)::int n from segments where source = 'many'`;
    // Those that wait are written together.
    expect(segments?.n).toBeLessThan(1_000);
  });
});

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

const SAMPLES = new URL("../../../shared/samples/set/set-examples.ndjson", import.meta.url);
const there = existsSync(SAMPLES);

it.skipIf(!there)(
  `tokens written by others, signed here, are taken (${there ? "there" : "skipped: no ../shared/samples"})`,
  async () => {
    const send = await source("samples");
    const records = readFileSync(SAMPLES, "utf8")
      .trim()
      .split("\n")
      .map((line): Data => JSON.parse(line))
      .filter(({ events }) => events !== undefined);
    for (const [i, record] of records.entries()) {
      const token = await issuer.sign({
        iat: 1_772_442_930,
        jti: `sample-${i}`,
        ...record,
        iss: issuer.settings.issuer,
        aud: AUD,
      });
      expect((await send(token)).status).toBe(202);
    }
    expect(await recordsInLog(test.db, "samples")).toHaveLength(records.length);
  },
);
