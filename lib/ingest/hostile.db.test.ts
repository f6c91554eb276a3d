/** Files that are damaged, mixed or of an odd kind, on the whole way into the log: every byte of a record is kept. */
import { describe, expect, it } from "vitest";
import { commandLine } from "../auth/caller.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { logEvent } from "./adapters/okta/fixtures.ts";
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
});
