import { describe, expect, it } from "vitest";
import { openSegment, unpackRaw } from "../../../db/log/segment.ts";
import { oktaLog } from "../../bench/okta-log.ts";
import type { Packed } from "../packer.ts";
import { packJson } from "./pack-json.ts";

const LINES = [...oktaLog(7_000)].join("").trimEnd().split("\n");

async function* cut(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/**
 * What came out: each record's bytes, and what could not be read with its place. Which segments stand before which differs:
 * where a month ends, one waits for more of it while others of the next are full.
 */
async function read(packed: AsyncIterable<Packed>) {
  const records: string[] = [];
  const rejected: object[] = [];
  const facts = new Map<string, number>();
  for await (const { segments, rejected: rows } of packed) {
    for (const segment of segments) {
      const raw = unpackRaw(segment.raw);
      for (const { offset, length, fingerprint } of openSegment(segment)) {
        records.push(`${fingerprint} ${raw.toString("utf8", offset, offset + length)}`);
      }
      for (const { ref, kind, value, first } of segment.facts) {
        const key = `${ref} ${kind} ${value}`;
        facts.set(key, Math.min(facts.get(key) ?? first, first));
      }
    }
    for (const { record, offset, reason, bytes } of rows)
      rejected.push({ record, offset, reason, text: Buffer.from(bytes).toString() });
  }
  return { records: records.sort(), rejected, facts: [...facts].sort() };
}

const reading = { source: null, adapter: null };

/** From front to back: what stands below the size from which threads are used. */
async function sequential(text: string) {
  async function* first(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(text);
  }
  return read(packJson(first(), reading));
}

describe("reading by threads", { timeout: 120_000 }, () => {
  const broken = (lines: string[]) =>
    lines.toSpliced(5_500, 0, '{"uuid": ', "no json", '{"hello":"world"}').toSpliced(6_200, 1);
  const cases: [string, (lines: string[]) => string][] = [
    ["lines", (lines) => `${lines.join("\n")}\n`],
    ["lines with CRLF and the last one open", (lines) => lines.join("\r\n")],
    ["lines that can't be read", (lines) => broken(lines).join("\n")],
    [
      "a page over several lines, and lines again",
      (lines) =>
        `${lines.slice(0, 5_000).join("\n")}\n{"value": [\n${lines.slice(5_000, 6_500).join(",\n")}\n]}\n${lines.slice(6_500).join("\n")}\n`,
    ],
    ["a last record cut off", (lines) => lines.join("\n").slice(0, -40)],
    ["one array", (lines) => `[${lines.join(",\n")}]`],
  ];

  it.each(cases)("gives what reading from front to back gives: %s", async (_name, layout) => {
    const text = layout(LINES);
    const expected = await sequential(text);
    expect(expected.records.length).toBeGreaterThan(6_900);
    for (const size of [64 * 1024, 1024 * 1024 + 1])
      expect(await read(packJson(cut(text, size), reading))).toEqual(expected);
  });

  it("tells of a failure of the input after all that came before it", async () => {
    const text = `${LINES.join("\n")}\n`;
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield* cut(text, 512 * 1024);
      throw new Error("The line went dead.");
    }
    let records = 0;
    const count = async () => {
      for await (const { segments } of packJson(failing(), reading)) {
        for (const segment of segments) records += segment.records;
      }
    };
    await expect(count()).rejects.toThrow("The line went dead.");
    expect(records).toBe(LINES.length);
  });

  it("hands on what trickles in, before more of it comes", async () => {
    let seen = () => {};
    const enough = new Promise<void>((resolve) => {
      seen = resolve;
    });
    const [first, ...rest] = LINES.slice(-3);
    const fast = LINES.slice(0, -3);
    async function* trickling(): AsyncGenerator<Uint8Array> {
      yield* cut(`${fast.join("\n")}\n`, 1024 * 1024);
      yield Buffer.from(`${first}\n`);
      await new Promise((wake) => setTimeout(wake, 2_100));
      for (const line of rest) yield Buffer.from(`${line}\n`);
      // The sender waits for an answer: held back, what it sent would be held back for ever.
      await enough;
    }
    let records = 0;
    for await (const { segments } of packJson(trickling(), reading)) {
      for (const segment of segments) records += segment.records;
      if (records > fast.length) seen();
    }
    expect(records).toBe(LINES.length);
  });
});
