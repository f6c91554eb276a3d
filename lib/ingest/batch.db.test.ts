import { beforeAll, describe, expect, it } from "vitest";
import { appendBatch } from "../../db/log/append.ts";
import { readRecords } from "../../db/log/read-records.ts";
import type { Segment } from "../../db/log/segment.ts";
import { startIngest } from "../../db/queries/ingests.ts";
import { act } from "../auth/act.ts";
import { commandLine } from "../auth/caller.ts";
import { oktaLog } from "../bench/okta-log.ts";
import { linkFactsOf } from "../lifecycle/refs.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { logEvent } from "./adapters/okta/fixtures.ts";
import { ingest } from "./ingest.ts";
import { Packer } from "./packer.ts";

const WORKSPACE = "main";
const INGEST = "7d1f6a3e-5b0c-4a57-9a8e-0d8f4f2f9b11";

/** Segments of records with these numbers. */
function segmentsOf(numbers: readonly number[]): Segment[] {
  const packer = new Packer({ source: "okta", adapter: null });
  numbers.forEach((number, i) => {
    const value = { ...logEvent("user.session.start"), uuid: `u-${number}` };
    const bytes = Buffer.from(JSON.stringify(value));
    packer.add({ kind: "record", bytes, value, position: { record: i + 1, offset: 0, line: 1 } });
  });
  return packer.flush().segments;
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe("a batch", () => {
  const database = testDatabase();
  const append = (numbers: readonly number[], likelyNew: boolean) =>
    appendBatch(database.db, {
      workspace: WORKSPACE,
      ingest: INGEST,
      segments: segmentsOf(numbers),
      rejected: [],
      bytesRead: 0,
      likelyNew,
      seenKnown: false,
      factsOf: linkFactsOf,
    });
  const stored = async () => {
    const all: string[] = [];
    for await (const batch of readRecords(database.db, WORKSPACE, {})) {
      for (const { bytes } of batch) all.push((JSON.parse(bytes?.toString() ?? "") as { uuid: string }).uuid);
    }
    return all.sort();
  };

  beforeAll(() =>
    act({ db: database.db, workspace: WORKSPACE, by: commandLine() }, "ingest", "ingest", async (sql) => {
      const started = { ingest: INGEST, source: "okta", format: "okta", file: null, bytesTotal: null };
      await startIngest(sql, WORKSPACE, started);
      return { result: undefined, object: "test" };
    }),
  );

  it.each([true, false])(
    "stores each record once, whether it was taken for new (%s) or looked up",
    async (likelyNew) => {
      const start = likelyNew ? 0 : 1_000;
      const batches: [numbers: number[], accepted: number][] = [
        [range(start, start + 300), 300],
        [range(start + 300, start + 600), 300],
        // Some known, some twice.
        [[...range(start + 500, start + 700), ...range(start + 650, start + 750)], 150],
        [range(start, start + 600), 0],
      ];
      for (const [numbers, accepted] of batches) {
        expect(await append(numbers, likelyNew)).toEqual({
          accepted,
          duplicates: numbers.length - accepted,
          rejected: 0,
        });
      }
      const expected = (likelyNew ? range(0, 750) : [...range(0, 750), ...range(1_000, 1_750)]).map(
        (n) => `u-${n}`,
      );
      expect(await stored()).toEqual(expected.sort());
      const [counts] = await database.db.sql<{ hours: number; records: number }[]>`
      select (select sum(records)::int from event_hours) hours, (select count(*)::int from records) records`;
      expect(counts).toEqual({ hours: expected.length, records: expected.length });
    },
  );

  it("is refused whole when the database refuses any of it", async () => {
    const before = await stored();
    const [bad] = segmentsOf(range(5_000, 5_010));
    if (bad === undefined) throw new Error("There is a segment.");
    // A ref with NUL is no text to PostgreSQL.
    const batch = {
      workspace: WORKSPACE,
      ingest: INGEST,
      rejected: [],
      bytesRead: 0,
      seenKnown: false,
      factsOf: linkFactsOf,
    };
    for (const likelyNew of [true, false]) {
      const segments = [{ ...bad, refs: ["p:okta:\u0000"] }];
      await expect(appendBatch(database.db, { ...batch, segments, likelyNew })).rejects.toThrow();
    }
    expect(await stored()).toEqual(before);
  });

  it("says again what was said from later on, and touches nothing else of what is known", async () => {
    /** The same log as often as wanted, each time as records of their own. */
    const bring = async (time: number) => {
      const chunks = (async function* () {
        for (const chunk of oktaLog(60))
          yield Buffer.from(chunk.toString().replaceAll('"uuid":"', `"uuid":"${time}-`));
      })();
      const input = { chunks, file: null, bytesTotal: null, source: "again" };
      expect(await ingest(database.db, WORKSPACE, commandLine(), input)).toMatchObject({ accepted: 60 });
    };
    const { sql } = database.owner;
    const facts = async () => [...(await sql`select ref, facts from link_facts order by ref`)];
    const untouched = async () => (await sql`select from link_facts where xmax = 0`).length;
    await bring(1);
    const before = await facts();
    expect(before.length).toBeGreaterThan(10);
    expect(await untouched()).toBe(before.length);
    await bring(2);
    expect(await facts()).toEqual(before);
    expect(await untouched()).toBe(before.length);
    // As if all had been said a day later, and nothing of one ref.
    await sql`
      update link_facts l set facts = (
        select jsonb_object_agg(key, value::bigint + 86400000) from jsonb_each_text(l.facts))`;
    await sql`delete from link_facts where ref = ${before[0]?.ref ?? ""}`;
    await bring(3);
    expect(await facts()).toEqual(before);
  });
});
