import { describe, expect, it } from "vitest";
import type { Db } from "../../db/client.ts";
import { readRecords } from "../../db/log/read-records.ts";
import { commandLine } from "../auth/caller.ts";
import { differences } from "../reports/check.ts";
import { REPORT_NAMES, runReport } from "../reports/run.ts";
import { sourcesReport } from "../reports/sources.ts";
import { storedProjection } from "../reports/stored.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { sampleCompany } from "../sample/company.ts";
import { logEvent } from "./adapters/okta/fixtures.ts";
import { detectAdapter } from "./adapters/registry.ts";
import { frames } from "./framing.ts";
import { ingest } from "./ingest.ts";

const END = Date.parse("2026-06-30T12:00:00Z");
const files = sampleCompany({ seed: 7, end: END, scale: 0.05 }).files;
const WORKSPACE = "main";
/** Behind the newest event, so that the stored rows answer. */
const ASOF = END + 3_600_000;

async function* bytes(text: string, size = 65_536): AsyncGenerator<Uint8Array> {
  const all = new TextEncoder().encode(text);
  for (let i = 0; i < all.length; i += size) yield all.subarray(i, i + size);
}

const load = (db: Db, text: string, source: string) =>
  ingest(db, WORKSPACE, commandLine(), { chunks: bytes(text), file: null, bytesTotal: null, source });

async function everything(db: Db): Promise<string> {
  const reports = [];
  for (const name of REPORT_NAMES) reports.push(await runReport(db, WORKSPACE, name, { asOf: ASOF }));
  return JSON.stringify([reports, (await storedProjection(db, WORKSPACE)).projection]);
}

/** Records of a file as single lines, whatever its layout. */
async function linesOf(text: string): Promise<string[]> {
  const lines: string[] = [];
  const isRecord = (value: unknown) => detectAdapter(value) !== null;
  for await (const batch of frames(bytes(text), { isRecord })) {
    for (const frame of batch) if (frame.kind === "record") lines.push(JSON.stringify(frame.value));
  }
  return lines;
}

/** The same lines in an order that a seed fixes. */
function shuffled(lines: readonly string[]): string[] {
  const keyed = lines.map((line, i) => [(i * 7919 + 104_729) % 15_485_863, line] as const);
  return keyed.sort(([a], [b]) => a - b).map(([, line]) => line);
}

describe("ingest", () => {
  const one = testDatabase();
  const other = testDatabase();
  const third = testDatabase();
  const texts = files.map(({ source, chunks }) => ({ source, text: [...chunks()].join("") }));

  it("stores each record once, byte for byte, and knows it when it comes again", async () => {
    let stored = 0;
    for (const { source, text } of texts) {
      const first = await load(one.db, text, source);
      expect(first).toMatchObject({
        source,
        duplicates: 0,
        rejected: 0,
        records: (await linesOf(text)).length,
      });
      stored += first.accepted;
      const again = await load(one.db, text, source);
      expect(again).toMatchObject({ accepted: 0, duplicates: first.accepted, rejected: 0 });
    }
    const kept = new Map<string, string[]>();
    for await (const batch of readRecords(one.db, WORKSPACE, {})) {
      for (const record of batch) {
        kept.set(record.source, [...(kept.get(record.source) ?? []), record.bytes?.toString("utf8") ?? ""]);
      }
    }
    expect([...kept.values()].flat()).toHaveLength(stored);
    for (const [source, records] of kept) {
      const sent = texts.filter((file) => file.source === source).map((file) => file.text);
      expect(records.filter((record) => !sent.some((text) => text.includes(record)))).toEqual([]);
    }
  });

  it("gives the same rows and reports when lines are shuffled, repeated, and come source by source in reverse", async () => {
    for (const { source, text } of texts.toReversed()) {
      const lines = shuffled(await linesOf(text));
      const half = Math.ceil(lines.length / 2);
      await load(other.db, lines.slice(half).join("\n"), source);
      await load(other.db, lines.slice(0, half + 20).join("\r\n"), source);
    }
    expect(await everything(other.db)).toBe(await everything(one.db));
  });

  it("keeps stored rows that are what the log gives", async () => {
    expect(await differences(one.db, WORKSPACE)).toEqual([]);
    expect(await differences(other.db, WORKSPACE)).toEqual([]);
  });

  it("answers for a past moment as it would have answered then", async () => {
    const past = END - 120 * 86_400_000;
    for (const { source, text } of texts) await load(third.db, await until(past, text), source);
    for (const name of [
      "offboarding",
      "failures",
      "accounts",
      "dormant",
      "coverage",
      "joiners",
      "movers",
    ] as const) {
      const { completeness: _now, ...now } = await runReport(one.db, WORKSPACE, name, { asOf: past });
      const { completeness: _then, ...then } = await runReport(third.db, WORKSPACE, name, { asOf: past });
      expect(now).toEqual(then);
    }
  });
});

/** Only the records up to a moment. */
async function until(past: number, text: string): Promise<string> {
  const timeOf = (record: Record<string, unknown>) =>
    Date.parse(String(record.published ?? record.activityDateTime ?? record.time ?? record.created_at));
  const lines = await linesOf(text);
  return lines.filter((line) => timeOf(JSON.parse(line) as Record<string, unknown>) <= past).join("\n");
}

describe("what can't be read", () => {
  const database = testDatabase();

  it("is kept with its position and reason, and the rest goes on", async () => {
    const [good] = await linesOf(files[0] === undefined ? "" : [...files[0].chunks()].join(""));
    const text = `${good}\n{"uuid": \nnot json\n{"hello":"world"}\n`;
    const result = await load(database.db, text, "okta");
    expect(result).toMatchObject({ records: 4, accepted: 1, rejected: 3 });
    const rows = await database.db.sql<{ record: string; offset: string; reason: string; bytes: Buffer }[]>`
      select record, "offset", reason, bytes from rejected_records order by record`;
    expect(rows.map((row) => Number(row.record))).toEqual([2, 3, 4]);
    expect(rows[1]?.bytes.toString()).toBe("not json");
    expect(rows[2]?.reason).toMatch(/known format/u);
    const again = await load(database.db, text, "okta");
    expect(again).toMatchObject({ records: 4, accepted: 0, duplicates: 1, rejected: 3 });
    const report = await runReport(database.db, WORKSPACE, "accounts");
    expect(report.completeness.rejected).toBe(3);
  });
});

describe("an event type that the format's table lacks", () => {
  const database = testDatabase();

  it("is kept, counted by records and shown, however often it comes", async () => {
    const record = (uuid: string, type: string) =>
      JSON.stringify({ ...logEvent("user.session.start"), uuid, eventType: type });
    const lines = [
      record("1", "user.session.start"),
      record("2", "brand.new.type"),
      record("3", "brand.new.type"),
      record("4", "policy.evaluate_sign_on"),
      record("5", `another.${"x".repeat(500)}`),
    ];
    await load(database.db, lines.join("\n"), "okta");
    await load(database.db, [...lines, record("6", "brand.new.type")].join("\n"), "okta");
    const { unknownTypes } = await sourcesReport(database.db, WORKSPACE);
    expect(unknownTypes).toEqual([
      { source: "okta", type: "brand.new.type", records: 3 },
      { source: "okta", type: `another.${"x".repeat(192)}`, records: 1 },
    ]);
  });
});
