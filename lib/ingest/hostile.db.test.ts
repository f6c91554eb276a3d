/** Files that are damaged, mixed or of an odd kind, on the whole way into the log: every byte of a record is kept. */
import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { commandLine } from "../auth/caller.ts";
import { search } from "../reports/search.ts";
import { identityReport } from "../reports/timeline.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { ALICE, APPLICATION, GROUP, logEvent, TOKEN } from "./adapters/okta/fixtures.ts";
import { event, USER } from "./adapters/workos/fixtures.ts";
import { ingest } from "./ingest.ts";

const WORKSPACE = "main";

async function* cut(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1_000_003) yield bytes.subarray(at, at + 1_000_003);
}

const OKTA = JSON.stringify(logEvent("user.lifecycle.create"));
const WORKOS = JSON.stringify(event("dsync.user.created", USER));

describe("a file", () => {
  const database = testDatabase();
  const load = (bytes: Buffer) =>
    ingest(database.db, WORKSPACE, commandLine(), { chunks: cut(bytes), file: null, bytesTotal: null });
  const rejected = () =>
    database.db.sql<{ bytes: Buffer; reason: string; offset: string; source: string }[]>`
      select bytes, reason, "offset", source from rejected_records order by "offset"`;

  it("with records of several formats, zeros, and an object larger than a record may be loses nothing", async () => {
    const zeros = "\u0000".repeat(4_096);
    const long = `{"uuid":"x","pad":"${"0123456789abcdef".repeat(2_500_000)}"}`;
    const bytes = Buffer.from(`${OKTA}\r\n${zeros}${WORKOS}${OKTA}\n${long}\n${WORKOS.slice(0, 50)}`);
    expect(await load(bytes)).toMatchObject({
      format: "okta+workos",
      records: 8,
      accepted: 2,
      duplicates: 1,
      rejected: 5,
    });
    const rows = await rejected();
    for (const row of rows) {
      const offset = Number(row.offset);
      expect(bytes.subarray(offset, offset + row.bytes.length).equals(row.bytes)).toBe(true);
    }
    const [first, ...rest] = rows;
    expect(first?.bytes.length).toBe(zeros.length);
    const [cutOff] = rest.splice(-1);
    expect(cutOff?.reason).toBe("Cut off: the input ends inside this record.");
    expect(Buffer.concat(rest.map((row) => row.bytes)).toString()).toBe(long);
    expect(rest.map(({ reason }) => reason.slice(0, 6))).toEqual(["Part 1", "Part 2", "Part 3"]);
  });

  it("in UTF-16 is read like one in UTF-8", async () => {
    expect(await load(Buffer.from(`\ufeff[${OKTA},\r\n${WORKOS}]`, "utf16le"))).toMatchObject({
      records: 2,
      duplicates: 2,
    });
  });

  it("that grows without end when decompressed keeps what came before, and ends with a sentence", async () => {
    const fresh = JSON.stringify({ ...logEvent("user.lifecycle.create"), uuid: "before-the-bomb" });
    const bytes = gzipSync(Buffer.concat([Buffer.from(`${fresh}\n`), Buffer.alloc(70 * 1024 * 1024, " ")]));
    await expect(load(bytes)).rejects.toMatchObject({ name: "IngestProblem", code: "expansion" });
    const [row] = await database.db.sql<{ accepted: string; state: string; error: string }[]>`
      select accepted, state, error from ingests order by started_at desc limit 1`;
    expect(row).toMatchObject({ accepted: "1", state: "failed" });
    expect(row?.error).toMatch(/^The compressed data grows to more than 200 times its size/u);
    expect(await load(Buffer.from(fresh))).toMatchObject({ accepted: 0, duplicates: 1 });
  });

  it("with records that nest a hundred thousand deep refuses these, with the reason, in every layout and thread", async () => {
    const deep = `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`;
    const list = `{"eventType":"x","a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    // Read by several threads where it is long enough, after the first megabytes.
    const padding = Array.from({ length: 9_000 }, (_, i) =>
      JSON.stringify({ ...logEvent("user.session.start"), uuid: `deep-${i}`, pad: "x".repeat(500) }),
    ).join("\n");
    expect(padding.length).toBeGreaterThan(8 * 1024 * 1024);
    for (const text of [
      `${deep}\n${OKTA}\n${list}\n`,
      `[${deep},${OKTA},${list}]`,
      `${padding}\n${OKTA}\n${deep}\n${OKTA}\n${list}\n`,
    ]) {
      const result = await load(Buffer.from(text));
      expect(result).toMatchObject({ rejected: 2 });
      expect(result.accepted + result.duplicates + result.rejected).toBe(result.records);
    }
    const reasons = await database.db.sql<{ reason: string }[]>`
      select distinct reason from rejected_records where length(bytes) >= 200000 and length(bytes) < 1000000`;
    expect(reasons.map(({ reason }) => reason)).toEqual(["This nests deeper than 200 levels."]);
  });

  it("with ids and names longer than any index holds refuses those records, and no others", async () => {
    // Random, for what compresses well fits in spite of its length.
    const long = randomBytes(5_000).toString("hex");
    const application = { id: "0oa-long", type: "AppInstance", alternateId: long, displayName: long };
    const account = { id: long, type: "AppUser", alternateId: long, displayName: "x" };
    const records = [
      logEvent("user.lifecycle.create", { target: [{ ...ALICE, id: long }] }),
      logEvent("application.provision.user.push", { target: [ALICE, application] }),
      logEvent("application.provision.user.push", { target: [ALICE, account, APPLICATION] }),
      logEvent("system.api_token.create", { actor: ALICE, target: [{ ...TOKEN, id: long }] }),
      // Neither is looked up.
      logEvent("user.lifecycle.create", { target: [{ ...ALICE, displayName: long }] }),
      logEvent("group.user_membership.add", { target: [ALICE, { ...GROUP, displayName: long }] }),
    ].map((record, i) => JSON.stringify({ ...record, uuid: `long-${i}` }));
    expect(await load(Buffer.from(records.join("\n")))).toMatchObject({ accepted: 2, rejected: 4 });
    // Whatever was read before them in the same file.
    const again = records.map((record) => record.replace('"uuid":"long-', '"uuid":"again-long-'));
    const twice = [...again, ...again.map((record) => record.replace("again", "third"))].join("\n");
    expect(await load(Buffer.from(twice))).toMatchObject({ accepted: 4, rejected: 8 });
    const reasons = await database.db.sql<{ reason: string }[]>`
      select distinct reason from rejected_records where position('long-'::bytea in bytes) > 0 and length(bytes) < 100000`;
    expect(reasons).toEqual([
      { reason: "An id or a name in it is longer than 2000 bytes, which no directory's is." },
    ]);
  });

  it("with somebody's name longer than any index holds keeps it whole, and finds them by how it begins", async () => {
    const long = randomBytes(5_000).toString("hex");
    const person = { ...ALICE, id: "00u-long", alternateId: "long@larkspur.example", displayName: long };
    const record = { ...logEvent("user.lifecycle.create", { target: [person] }), uuid: "a-long-name" };
    expect(await load(Buffer.from(JSON.stringify(record)))).toMatchObject({ accepted: 1 });
    const [hit] = await search(database.db, WORKSPACE, long.slice(0, 40));
    expect(hit).toMatchObject({ href: expect.stringContaining("00u-long") });
    expect(await identityReport(database.db, WORKSPACE, "p:okta:00u-long")).toMatchObject({
      displayName: long,
    });
  });

  it("under a name with NUL, or of a customer of such, is refused before anything is read", async () => {
    const chunks = () => cut(Buffer.from(OKTA));
    for (const wrong of [{ file: "a\0b" }, { customer: "\0" }]) {
      const input = { chunks: chunks(), file: null, bytesTotal: null, ...wrong };
      await expect(ingest(database.db, WORKSPACE, commandLine(), input)).rejects.toMatchObject({
        code: "bad-name",
      });
    }
  });

  it("is asked after by no name with NUL", async () => {
    expect(await search(database.db, WORKSPACE, "a\0")).toEqual([]);
    expect(await identityReport(database.db, WORKSPACE, "p:okta:\0")).toBeNull();
  });
});
