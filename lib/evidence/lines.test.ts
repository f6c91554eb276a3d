import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { StoredRecord } from "../../db/log/read-records.ts";
import { columnsOf, recordsOf } from "./line-columns.ts";
import { LineMaker } from "./line-maker.ts";
import { LineReader } from "./line-reader.ts";
import { linesOf } from "./lines.ts";
import { record } from "./testing/packs.ts";

const placed = (records: readonly StoredRecord[]): StoredRecord[] =>
  records.map((one, leaf) => ({ ...one, leaf }));

const RECORDS = placed([
  record('{"uuid":"1","note":"Zoë\u2028 \\"quoted\\""}'),
  record(Buffer.from([0x7b, 0xff, 0x00, 0x7d])),
  record(""),
  { ...record("{}"), bytes: null, withheld: { why: "sealed", at: 0 } },
  { ...record("[]"), bytes: null, withheld: { why: "retention", at: 0 }, events: 0 },
  record("x".repeat(100_000)),
]);

const textOf = (text: Uint8Array): string => Buffer.from(text).toString("utf8");

describe("the lines of records", () => {
  const thread = new LineMaker(null, 0);
  afterAll(() => thread.close());

  test("are one a record, and known by their ends and characters", () => {
    const { text, ends, characters } = linesOf(RECORDS, null);
    const lines = [...ends].map((end, i) => textOf(text.subarray(ends[i - 1] ?? 0, end)));
    expect(lines.every((line) => line.endsWith("}\n") && line.indexOf("\n") === line.length - 1)).toBe(true);
    expect(lines.map((line) => line.length)).toEqual([...characters]);
    expect(lines.map((line) => JSON.parse(line).fingerprint)).toEqual(
      RECORDS.map(({ fingerprint }) => fingerprint),
    );
  });

  test("are the same when a thread makes them", async () => {
    const bytes = Array.from({ length: 400 }, (_, i) =>
      record(i % 7 === 0 ? randomBytes(50) : `{"uuid":"${i}é"}`),
    );
    for (const records of [RECORDS, placed(bytes), []])
      expect(await thread.make(records)).toEqual({
        ...linesOf(records, null),
        text: new Uint8Array(linesOf(records, null).text),
      });
  });

  test("are made of records that come to a thread as they left", () => {
    const whole = fc.record({
      bytes: fc.option(fc.uint8Array({ maxLength: 20 })),
      leaf: fc.option(fc.nat()),
      withheld: fc.option(fc.constant({ why: "erased" as const, at: 1 })),
      encoded: fc.option(fc.string()),
      format: fc.constantFrom("okta", "entra"),
    });
    fc.assert(
      fc.property(fc.array(whole, { maxLength: 9 }), (some) => {
        const records = some.map(({ bytes, ...more }, i) => {
          const { events: _, ...one } = record(`{"uuid":"${i}"}`);
          return { ...one, ...more, bytes: bytes === null ? null : Buffer.from(bytes) };
        });
        expect(recordsOf(structuredClone(columnsOf(records)))).toEqual(records);
      }),
    );
  });

  test("are not made of a record that is no longer what arrived, by a thread neither", async () => {
    const damaged = placed([record("{}"), { ...record('{"uuid":"4"}'), bytes: Buffer.from('{"uuid":"5"}') }]);
    const refusal = { code: "damaged-log", message: expect.stringContaining(damaged[1]?.fingerprint ?? "") };
    expect(() => linesOf(damaged, null)).toThrow(expect.objectContaining(refusal));
    await expect(thread.make(damaged)).rejects.toMatchObject(refusal);
    // It goes on with others.
    expect(textOf((await thread.make(RECORDS)).text)).toBe(textOf(linesOf(RECORDS, null).text));
  });

  test("are handed on in their order, in files that end at the line that fills them", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 12 }),
        fc.integer({ min: 1, max: 1000 }),
        async (batches, room) => {
          const all = placed(
            Array.from({ length: batches.reduce((sum, size) => sum + size, 0) }, (_, i) =>
              record(`{"é":${i}}`),
            ),
          );
          let start = 0;
          const given = async function* () {
            for (const size of batches) {
              start += size;
              yield all.slice(start - size, start);
            }
          };
          const reader = new LineReader(given(), async (records) => linesOf(records, null));
          const files: string[] = [];
          while (await reader.more()) {
            let text = "";
            while (text.length < room && (await reader.more()))
              text += textOf(reader.take(room - text.length).text);
            files.push(text);
          }
          expect(files.join("")).toBe(textOf(linesOf(all, null).text));
          for (const file of files.slice(0, -1)) {
            expect(file.length).toBeGreaterThanOrEqual(room);
            expect(file.slice(0, file.lastIndexOf("\n", file.length - 2) + 1).length).toBeLessThan(room);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});
