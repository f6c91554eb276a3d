/** What holds of any input on its way from bytes to frames, and of any frame on its way to a record. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detectAdapter } from "./adapters/registry.ts";
import { FactFilter } from "./fact-filter.ts";
import type { Frame } from "./framing.ts";
import { frames } from "./framing.ts";
import { layoutOf, type Wishes } from "./layout.ts";
import { readFrame } from "./record.ts";

const isRecord = (value: unknown) => detectAdapter(value) !== null;

const NO_MAPPINGS = { read: async () => ({}), write: async () => {} };

async function* cut(bytes: Buffer, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const length = cuts[i % cuts.length] ?? 1;
    yield bytes.subarray(at, at + length);
    at += length;
  }
}

async function framesOf(bytes: Buffer, cuts: readonly number[], wishes: Wishes = {}): Promise<Frame[]> {
  const layout = await layoutOf(cut(bytes, cuts), wishes, NO_MAPPINGS);
  const all: Frame[] = [];
  const batches = "json" in layout ? frames(layout.json, { isRecord }) : layout.frames;
  for await (const batch of batches) all.push(...batch);
  // Bytes are views of larger buffers, which differ with the cuts.
  return all.map((frame) => ({ ...frame, bytes: Buffer.from(frame.bytes) }));
}

const cuts = fc.array(fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 999 })), {
  minLength: 1,
});

const ENCODINGS: Record<string, (text: string) => Buffer> = {
  "UTF-8": (text) => Buffer.from(text),
  "UTF-16 little-endian": (text) => Buffer.from(`\ufeff${text}`, "utf16le"),
  "UTF-16 big-endian": (text) => Buffer.from(`\ufeff${text}`, "utf16le").swap16(),
};
const encoding = fc.constantFrom(...Object.keys(ENCODINGS));
const encoded = (name: string, text: string): Buffer => ENCODINGS[name]?.(text) ?? Buffer.alloc(0);

const unit = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...'{}[]",:;\\ \n\r\t\u00001aé€😀') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('{"id":1}', '{"value":[', "},\n{", "\ud83d", '"",', "2026-03-31,"),
  },
);
const noise = fc.array(unit, { maxLength: 60 }).map((parts) => parts.join(""));

const LAYOUTS: readonly (readonly [name: string, head: string, wishes: Wishes])[] = [
  ["JSON", "{", {}],
  ["an HR file", "Email,Last Day\n", {}],
  ["a user export", "Email;Role\n", { application: "Team Chat" }],
  ["a user export in JSON", '{"email":"a","role":["b"]}\n[', { application: "Team Chat" }],
  ["Entra's table", "Date,Change ID,Action,Status,Source ID\n", {}],
];

describe("any input", () => {
  it.each(LAYOUTS)("gives the same frames however it is cut: %s", async (_, head, wishes) => {
    await fc.assert(
      fc.asyncProperty(noise, encoding, cuts, async (text, name, cuts) => {
        const bytes = encoded(name, head + text);
        const whole = await framesOf(bytes, [bytes.length], wishes);
        expect(await framesOf(bytes, cuts, wishes)).toEqual(whole);
        expect(await framesOf(bytes, [1], wishes)).toEqual(whole);
      }),
      { numRuns: 100 },
    );
  });

  it.each(LAYOUTS)("gives the same frames in each charset: %s", async (_, head, wishes) => {
    await fc.assert(
      // A lone surrogate is in UTF-16 alone.
      fc.asyncProperty(
        noise.filter((text) => !/\p{Surrogate}/u.test(text)),
        async (text) => {
          const inUtf8 = await framesOf(Buffer.from(`\ufeff${head}${text}`), [999], wishes);
          for (const name of ["UTF-16 little-endian", "UTF-16 big-endian"]) {
            expect(await framesOf(encoded(name, head + text), [7], wishes)).toEqual(inUtf8);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe("any JSON value as a line", () => {
  it("is read or refused with a reason", async () => {
    const reading = { source: null, adapter: null };
    const known = fc.record(
      {
        $hr: fc.constant(1),
        $export: fc.constant(1),
        $entraPortal: fc.constant(1),
        columns: fc.jsonValue(),
        change: fc.jsonValue(),
        application: fc.jsonValue(),
        eventType: fc.jsonValue(),
        event: fc.jsonValue(),
        data: fc.jsonValue(),
        activityDateTime: fc.jsonValue(),
        provisioningAction: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    const line = fc
      .oneof(
        fc.jsonValue(),
        known,
        fc.bigInt().map((id) => `{"id":${id}}`),
      )
      .map((value) =>
        typeof value === "string" && value.startsWith('{"id":') ? value : JSON.stringify(value),
      );
    await fc.assert(
      fc.asyncProperty(line, async (text) => {
        async function* one(): AsyncGenerator<Uint8Array> {
          yield Buffer.from(`${text}\n`);
        }
        for await (const batch of frames(one(), { isRecord: () => false })) {
          for (const frame of batch) {
            const read = readFrame(frame, reading, new FactFilter());
            if ("record" in read) expect(read.record.times.length).toBeGreaterThan(0);
            else expect(read.rejected.reason).toMatch(/\.$/u);
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
