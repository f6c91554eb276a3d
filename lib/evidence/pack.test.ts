import { randomBytes } from "node:crypto";
import { Writable } from "node:stream";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unpacked } from "../files/testing.ts";
import { exampleReports } from "../reports/fixtures.ts";
import type { RecordLine } from "./manifest.ts";
import { writePack } from "./pack.ts";
import { inputOf, manifestOf, pack, RECORDS, record, sha256, verified } from "./testing/packs.ts";

const recordLines = (file: Buffer | undefined): RecordLine[] =>
  (file?.toString("utf8") ?? "")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as RecordLine);

/** A large record that does not compress: one that did would hardly reach the target. */
const noise = (i: number) => ({ ...record(`${i} ${randomBytes(64 * 1024).toString("base64")}`), leaf: 0 });

const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() });

describe("a pack", () => {
  test("holds reports, records and a manifest of all of them, and verifies", async () => {
    const zip = await pack(await inputOf(RECORDS));
    expect(await verified(zip)).toMatchObject({ valid: true, problems: [] });
    const files = await unpacked(zip);
    const manifest = manifestOf(files);
    expect([...files.keys()]).toEqual([
      ...manifest.files.map((file) => file.path),
      "manifest.json",
      "manifest.sig",
    ]);
    for (const { path, bytes, sha256: hash } of manifest.files) {
      expect(files.get(path)).toHaveLength(bytes);
      expect(sha256(files.get(path) ?? "")).toBe(hash);
    }
    expect(manifest.reports.map(({ name, rows }) => [name, rows])).toEqual([
      ["coverage", 1],
      ["failures", 1],
      ["offboarding", 1],
      ["dormant", 1],
      ["accounts", 2],
      ["joiners", 1],
      ["movers", 1],
      ["reconciliation", 1],
      ["completeness", 1],
      ["overview", 2],
    ]);
    expect(manifest).toMatchObject({ product: "Rollcall", layoutVersion: 2, records: 3, events: 3 });
  });

  test("carries the reports as they were asked, in JSON", async () => {
    const files = await unpacked(await pack(await inputOf(RECORDS)));
    const { completeness: _, ...dormant } = JSON.parse(files.get("reports/dormant.json")?.toString() ?? "");
    const { completeness: __, ...asked } = exampleReports.dormant;
    expect(dormant).toEqual(asked);
  });

  test("carries no text in a CSV that a spreadsheet would run", async () => {
    const { accounts } = exampleReports;
    const [row] = accounts.rows;
    const input = await inputOf(RECORDS);
    async function* reports() {
      for await (const one of input.reports) {
        yield one.name === "accounts"
          ? {
              ...one,
              report: { ...accounts, rows: [{ ...row, userName: "=1+1", entitlements: ["@SUM(A1)"] }] },
            }
          : one;
      }
    }
    const zip = await pack({ ...input, reports: reports() as typeof input.reports });
    const csv = (await unpacked(zip)).get("reports/accounts.csv")?.toString() ?? "";
    expect(csv).toContain(",'=1+1,");
    expect(csv).toContain(",'@SUM(A1),");
    expect(await verified(zip)).toMatchObject({ valid: true });
  });

  test("carries each record byte for byte, also one that is not text", async () => {
    const binary = Buffer.from([0x7b, 0xff, 0x00, 0x7d]);
    const files = await unpacked(await pack(await inputOf([...RECORDS, record(binary)])));
    const lines = recordLines(files.get("records/okta.ndjson"));
    expect(
      lines.map((line) => Buffer.from(line.raw ?? line.rawBase64 ?? "", line.raw ? "utf8" : "base64")),
    ).toEqual([...RECORDS.map((one) => one.bytes), binary]);
    expect(lines.at(-1)).toHaveProperty("rawBase64");
  });

  test("says how much it holds", async () => {
    const seen: number[] = [];
    const input = { ...(await inputOf(RECORDS)), onRecords: (records: number) => seen.push(records) };
    // README, verifier, nine reports twice, one file of records, four of proofs, four documents, manifest and its signature.
    expect(await writePack(input, nowhere())).toMatchObject({ files: 33, rows: 12, events: 3, records: 3 });
    expect(seen).toEqual([3]);
  });

  test("without any record is a pack too", async () => {
    expect(await verified(await pack(await inputOf([])))).toMatchObject({ valid: true, problems: [] });
  });

  test("is the same, byte for byte, however the records come in batches", async () => {
    const whole = await pack(await inputOf(RECORDS, 3));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 3 }), async (batch) => {
        expect((await pack(await inputOf(RECORDS, batch))).equals(whole)).toBe(true);
      }),
      { numRuns: 3 },
    );
  });

  test("exported at another time differs in createdAt only", async () => {
    const one = await unpacked(await pack(await inputOf(RECORDS)));
    const other = await unpacked(await pack(await inputOf(RECORDS, 2, "2026-05-01T00:00:00.000Z")));
    expect(manifestOf(other)).toEqual({ ...manifestOf(one), createdAt: "2026-05-01T00:00:00.000Z" });
    for (const name of ["manifest.json", "manifest.sig"])
      expect([one.delete(name), other.delete(name)]).toEqual([true, true]);
    expect(other).toEqual(one);
  });
});

describe("files of records", () => {
  test("are named after their source, whatever its name holds, and never meet", async () => {
    const names = ["okta", "Okta", "../../etc/passwd", "C:\\logs", "…", "/", "okta-2"];
    const zip = await pack(await inputOf(names.map((name, i) => record(`{"uuid":"${i}"}`, name))));
    expect(await verified(zip)).toMatchObject({ valid: true, problems: [] });
    const files = manifestOf(await unpacked(zip)).files.filter((file) => file.source !== undefined);
    expect(files.map((file) => file.source)).toEqual(names);
    for (const { path } of files) expect(path).toMatch(/^records\/[\w.-]+\.ndjson$/u);
    expect(new Set(files.map((file) => file.path.toLowerCase())).size).toBe(names.length);
  });

  test("end after 64 MiB, each with its own count", async () => {
    const large = Array.from({ length: 5 }, (_, i) =>
      record(`{"uuid":"${i}","pad":"${"x".repeat(16 << 20)}"}`),
    );
    const zip = await pack(await inputOf(large));
    expect(await verified(zip)).toMatchObject({ valid: true, problems: [] });
    const files = manifestOf(await unpacked(zip)).files.filter((file) => file.source === "okta");
    expect(files.map((file) => [file.path, file.rows])).toEqual([
      ["records/okta.ndjson", 4],
      ["records/okta-2.ndjson", 1],
    ]);
  });
});

describe("a pack that can't be finished", () => {
  test("fails when a record is no longer what arrived, and destroys the target", async () => {
    const target = nowhere();
    const damaged = { ...record('{"uuid":"4"}'), bytes: Buffer.from('{"uuid":"5"}') };
    await expect(writePack(await inputOf([...RECORDS, damaged]), target)).rejects.toMatchObject({
      code: "damaged-log",
      message: expect.stringContaining(damaged.fingerprint),
    });
    expect(target.destroyed).toBe(true);
  });

  test("fails when records arrive meanwhile", async () => {
    const input = await inputOf(RECORDS);
    const more = {
      ...input,
      async *records(source: string) {
        yield* input.records(source);
        yield [record('{"uuid":"late"}')];
      },
    };
    await expect(writePack(more, nowhere())).rejects.toMatchObject({ code: "log-changed" });
  });

  test("fails with what the database threw", async () => {
    const input = {
      ...(await inputOf(RECORDS)),
      async *records() {
        yield RECORDS.map((one, leaf) => ({ ...one, leaf }));
        throw new Error("connection lost");
      },
    };
    await expect(writePack(input, nowhere())).rejects.toThrow("connection lost");
  });

  test("stops reading the log when the target fails, and says why", async () => {
    let closed = false;
    let read = 0;
    const input = {
      ...(await inputOf(RECORDS)),
      async *records() {
        try {
          for (;;) yield [noise(read++)];
        } finally {
          closed = true;
        }
      },
    };
    let room = 200_000;
    const full = new Writable({
      write(chunk: Buffer, _encoding, done) {
        room -= chunk.length;
        done(room < 0 ? new Error("no space left") : null);
      },
    });
    await expect(writePack(input, full)).rejects.toThrow("no space left");
    expect(closed).toBe(true);
  });

  test("reads no further ahead than a slow target takes", async () => {
    let read = 0;
    const input = {
      ...(await inputOf(RECORDS)),
      async *records() {
        for (;;) yield [noise(read++)];
      },
    };
    const stuck = new Writable({ write: () => {} });
    const writing = writePack(input, stuck);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const ahead = read;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(read).toBe(ahead);
    expect(ahead).toBeLessThan(50);
    stuck.destroy(new Error("gone"));
    await expect(writing).rejects.toThrow("gone");
  });
});
