/** The connector that polls a stream of Security Event Tokens, against a transmitter that repeats and breaks off. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { setOf, type TestIssuer, testIssuer } from "../push/testing/issuer.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { pull, recordsInLog, setUp } from "./testing/pull.ts";
import { type FakeStream, fakeStream, STREAM_TOKEN, settingsOfStream } from "./testing/set-stream.ts";
import { tryVendor } from "./try-vendor.ts";

describe("a stream of tokens", () => {
  const database = testDatabase();
  let stream: FakeStream;
  let issuer: TestIssuer;
  let n = 0;
  let name = "";

  const add = async (...jtis: string[]) => {
    for (const jti of jtis) stream.waiting.set(jti, await issuer.sign(setOf(jti)));
  };
  const named = (count: number) => Array.from({ length: count }, (_, i) => `${name}-${i}`);
  const inLog = async () =>
    (await recordsInLog(database.db, name))
      .map(({ set }) => JSON.parse(Buffer.from(String(set).split(".")[1] ?? "", "base64url").toString()))
      .map(({ jti }: { jti: string }) => jti)
      .sort();

  beforeEach(async () => {
    process.env.ROLLCALL_ALLOW_HOSTS = "127.0.0.1";
    [stream, issuer] = await Promise.all([fakeStream(), testIssuer()]);
    name = `stream-${n++}`;
    await setUp(database.db, name, "set-poll", settingsOfStream(stream, issuer), STREAM_TOKEN, {
      source: name,
    });
    // What is acknowledged is in the log, as others see it.
    stream.onAck = async (jtis) => {
      const kept = new Set(await inLog());
      expect(jtis.filter((jti) => !kept.has(jti))).toEqual([]);
    };
  });
  afterEach(() => Promise.all([stream.close(), issuer.close()]));

  it("is read to its end, each token acknowledged once it is in the log, through faults and repeats", async () => {
    const jtis = named(700);
    await add(...jtis);
    stream.repeats = 30;
    stream.faults = ["close", "500", "half"];
    expect(await pull(database.db, name)).toMatchObject({ accepted: 700, rejected: 0, problem: null });
    expect(await inLog()).toEqual(jtis.toSorted());
    expect(stream.waiting.size).toBe(0);
    expect(new Set(stream.acknowledged)).toEqual(new Set(jtis));
    expect(await pull(database.db, name)).toMatchObject({ accepted: 0, duplicates: 0, problem: null });
  });

  it("that forgets what it was told hands out again what is known, and is not asked on and on", async () => {
    await add(...named(5));
    const kept = new Map(stream.waiting);
    expect(await pull(database.db, name)).toMatchObject({ accepted: 5 });
    stream.waiting = kept;
    // Deaf to all acknowledgements.
    stream.waiting.delete = () => false;
    expect(await pull(database.db, name)).toMatchObject({ accepted: 0, duplicates: 10, problem: null });
    expect(await inLog()).toHaveLength(5);
  });

  it("is told nothing of what could not be stored, and of what was stored at the next run", async () => {
    await add(...named(3));
    const { sql } = database.owner;
    await sql`alter table records add constraint full_disk check (workspace_id <> 'main') not valid`;
    try {
      await expect(pull(database.db, name)).rejects.toThrow("full_disk");
    } finally {
      await sql`alter table records drop constraint full_disk`;
    }
    expect([stream.acknowledged, stream.waiting.size]).toEqual([[], 3]);
    // Stored, and then no answer: the place that is kept knows what to acknowledge.
    stream.onRequest = () => {
      if (stream.asked.length > 2) stream.faults = ["close"];
    };
    expect(await pull(database.db, name)).toMatchObject({ accepted: 3, problem: expect.any(String) });
    expect(stream.acknowledged).toEqual([]);
    stream.onRequest = () => {};
    stream.faults = [];
    expect(await pull(database.db, name)).toMatchObject({ accepted: 0, duplicates: 0, problem: null });
    expect([stream.acknowledged.length, stream.waiting.size]).toEqual([3, 0]);
  });

  it("with tokens that are none of the issuer's tells the transmitter and people why, and takes the others", async () => {
    await add(...named(2));
    const stranger = await testIssuer();
    stream.waiting.set("strange", await stranger.sign(setOf("strange")));
    stream.waiting.set("alias", await issuer.sign(setOf("other")));
    stream.waiting.set("far", await issuer.sign(setOf("far", { aud: "https://elsewhere.example" })));
    expect(await pull(database.db, name)).toMatchObject({
      accepted: 2,
      problem: expect.stringMatching(/^3 tokens were refused, and the transmitter was told\. The last: /u),
    });
    expect(Object.fromEntries(stream.errors)).toEqual({
      strange: "authentication_failed",
      alias: "invalid_request",
      far: "invalid_audience",
    });
    expect(await inLog()).toEqual(named(2));
    expect(await pull(database.db, name)).toMatchObject({ problem: null });
    await stranger.close();
  });

  it("waits while the issuer's keys can't be had", async () => {
    await add(...named(2));
    issuer.faults = ["500"];
    expect(await pull(database.db, name)).toMatchObject({
      accepted: 0,
      problem: expect.stringContaining("HTTP 500"),
    });
    expect([stream.acknowledged, stream.errors.size, stream.waiting.size]).toEqual([[], 0, 2]);
  });

  it("can be tried without anything being acknowledged", async () => {
    await add(...named(2));
    const settings = settingsOfStream(stream, issuer);
    expect(await tryVendor("set-poll", settings, STREAM_TOKEN)).toContain("Its first page has 2 records");
    expect(stream.waiting.size).toBe(2);
    await expect(tryVendor("set-poll", settings, "another")).rejects.toThrow("give a new one");
  });
});
