/** What holds of any stream, however it is cut into chunks. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Frame, type FramingOptions, frames } from "./framing.ts";

/** In these tests a record is what has an `id`. */
const isRecord = (value: unknown) => typeof value === "object" && value !== null && "id" in value;

async function framesOf(
  bytes: Buffer,
  cuts: readonly number[] = [bytes.length],
  options: Partial<FramingOptions> = {},
): Promise<Frame[]> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    let at = 0;
    for (let i = 0; at < bytes.length; i++) {
      const length = cuts[i % cuts.length] ?? 1;
      yield bytes.subarray(at, at + length);
      at += length;
    }
  }
  const all: Frame[] = [];
  for await (const batch of frames(chunks(), { isRecord, ...options })) all.push(...batch);
  return all;
}

const cuts = fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 999 })), {
  minLength: 1,
});

/** A stretch of a document, and the frames that were planted in it; ✗ stands before a broken one. */
interface Piece {
  text: string;
  planted: string[];
}

const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.stringMatching(/^[a"\\{}[\],:\n é]{0,12}$/u),
);
const flat = fc.record({
  id: fc.nat(),
  name: text,
  inner: fc.record({ a: text, b: fc.constantFrom(null, true, -1.5e-7) }),
});
const rich = fc.record({
  id: text,
  "": fc.jsonValue({ maxDepth: 3 }),
  events: fc.array(flat, { maxLength: 2 }),
  data: flat,
});
const indent = fc.constantFrom(0, 1, 2);
const newline = fc.constantFrom("\n", "\r\n", "\n\n", " \n");

const whole = fc
  .tuple(fc.oneof(flat, rich), indent)
  .map(([value, spaces]) => JSON.stringify(value, null, spaces))
  .map((json): Piece => ({ text: json, planted: [json] }));
const bad = fc
  .constantFrom("nope", "42", '"a, ]}"', "null", '{"id":nope}', '{"id":1,}', '{"id":[1}', "{'id':1}")
  .map((json): Piece => ({ text: json, planted: [`✗ ${json}`] }));
/** Something cut off in its first line; what comes next must be on a line of its own. */
const cutOff = fc
  .tuple(flat, fc.double({ min: 0, max: 0.99, noNaN: true }))
  .map(([value, part]) => {
    const json = JSON.stringify(value);
    // Never between the halves of a surrogate pair: there is no such place in UTF-8.
    return json.slice(0, 1 + part * (json.length - 1)).replace(/[\ud800-\udbff \t\r\n]+$/, "");
  })
  .map((start): Piece => ({ text: start, planted: [`✗ ${start}`] }));

const join = (pieces: readonly Piece[], separator: string): Piece => ({
  text: pieces.map((piece) => piece.text).join(separator),
  planted: pieces.flatMap((piece) => piece.planted),
});

const element = fc.oneof({ weight: 4, arbitrary: whole }, { weight: 1, arbitrary: bad });
/** A list with an element a line may hold elements that are cut off, each with a whole one behind it. */
const lines = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: whole },
      {
        weight: 1,
        arbitrary: fc.tuple(cutOff, flat).map(([cut, next]) => cutThen(cut, JSON.stringify(next))),
      },
    ),
    { maxLength: 5 },
  )
  .map(
    (pieces): Piece =>
      join([{ text: "[", planted: [] }, join(pieces, ",\n"), { text: "]", planted: [] }], "\n"),
  );
const cutThen = (cut: Piece, next: string): Piece => ({
  text: `${cut.text}\n${next}`,
  planted: [...cut.planted, next],
});
const compact = fc
  .tuple(fc.array(element, { maxLength: 5 }), fc.constantFrom(",", " , ", ",\r\n  "))
  .map(([pieces, separator]) => join(pieces, separator))
  .map(({ text, planted }): Piece => ({ text: `[${text}]`, planted }));
const list = fc.oneof(lines, compact);

const scaffolding = fc.constantFrom('"object":"list"', '"a":{"value":[1,2]}', '"n":["]}"]', '"x":null');
const wrapper = fc
  .record({
    before: fc.array(scaffolding, { maxLength: 2 }),
    after: fc.array(scaffolding, { maxLength: 2 }),
    key: fc.constantFrom("value", "data", "events", "records", "items"),
    hook: fc.boolean(),
    list,
    separator: fc.constantFrom(",", ",\n  "),
  })
  .map(({ before, after, key, hook, list, separator }): Piece => {
    const member = hook ? `"data": {"a":1,"events":${list.text},"b":2}` : `"${key}" : ${list.text}`;
    return { text: `{${[...before, member, ...after].join(separator)}}`, planted: list.planted };
  });
const pages = fc
  .array(wrapper, { maxLength: 3 })
  .map((pieces) => join(pieces, ",\n"))
  .map(({ text, planted }): Piece => ({ text: `[${text}]`, planted }));

const plain = fc
  .constantFrom("Time,User", "[INFO] started", '"a","b"', "7", "\u00fcber {", "-", ": x")
  .map((line): Piece => ({ text: line, planted: [`✗ ${line}`] }));
const line = fc.oneof(
  { weight: 4, arbitrary: whole },
  fc.array(whole, { minLength: 2, maxLength: 3 }).map((pieces) => join(pieces, "")),
  bad,
  cutOff,
  list,
  wrapper,
  pages,
  plain,
);
const document = fc.tuple(fc.boolean(), fc.array(fc.tuple(line, newline), { maxLength: 8 }), whole).map(
  ([mark, pieces, last]): Piece => ({
    text: `${mark ? "\ufeff" : ""}${pieces.map(([piece, end]) => piece.text + end).join("")}${last.text}`,
    planted: [...pieces.flatMap(([piece]) => piece.planted), ...last.planted],
  }),
);

describe("any stream", () => {
  it("gives back the frames that were planted in it", async () => {
    await fc.assert(
      fc.asyncProperty(document, cuts, async ({ text, planted }, cuts) => {
        const all = await framesOf(Buffer.from(text), cuts);
        const mark = (frame: Frame) => (frame.kind === "broken" ? "✗ " : "");
        expect(all.map((frame) => mark(frame) + Buffer.from(frame.bytes).toString())).toEqual(planted);
      }),
      { numRuns: 500 },
    );
  });

  const noise = fc
    .array(
      fc.oneof(
        fc.constantFrom(...'{}[]",:\\ \n\r\t1a\u00e9'),
        fc.constantFrom(
          '{"id":1}',
          '{"value":[',
          '"data":{"events":[',
          '"events":[',
          '"k":',
          "},\n{",
          "\ufeff",
          "\u0000\u0000",
          '{"k\\\n',
          '"\\""',
        ),
      ),
      { maxLength: 60 },
    )
    .map((parts) => Buffer.from(parts.join("")));

  it("gives the same frames however it is cut", async () => {
    await fc.assert(
      fc.asyncProperty(noise, cuts, fc.integer({ min: 1, max: 80 }), async (bytes, cuts, maxRecordBytes) => {
        const options = { maxRecordBytes };
        expect(await framesOf(bytes, cuts, options)).toEqual(await framesOf(bytes, [bytes.length], options));
        expect(await framesOf(bytes, [1], options)).toEqual(await framesOf(bytes, [bytes.length], options));
      }),
      { numRuns: 500 },
    );
  });

  it("loses no byte: frames lie in order, and between them is nothing but brackets, commas and white space", async () => {
    const unwrapped = noise.filter((bytes) => !/"(?:value|data|events)"/u.test(bytes.toString()));
    await fc.assert(
      fc.asyncProperty(unwrapped, fc.integer({ min: 1, max: 80 }), async (bytes, maxRecordBytes) => {
        let at = 0;
        for (const frame of await framesOf(bytes, [bytes.length], { maxRecordBytes })) {
          expect(frame.bytes.length).toBeLessThanOrEqual(maxRecordBytes);
          const { offset, line } = frame.position;
          expect(bytes.subarray(at, offset).toString()).toMatch(/^[[\],\s\ufeff]*$/u);
          at = offset + frame.bytes.length;
          expect(bytes.subarray(offset, at).equals(frame.bytes)).toBe(true);
          expect(line).toBe(bytes.subarray(0, offset).toString().split("\n").length);
        }
        expect(bytes.subarray(at).toString()).toMatch(/^[[\],\s\ufeff]*$/u);
      }),
      { numRuns: 500 },
    );
  });
});
