import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { type Frame, type FramingOptions, frames } from "./framing.ts";

/** In these tests a record is what has an `id`. */
const isRecord = (value: unknown) => typeof value === "object" && value !== null && "id" in value;

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function framesOf(input: string | Uint8Array, options: Partial<FramingOptions> = {}): Promise<Frame[]> {
  const all: Frame[] = [];
  for await (const batch of frames(one(Buffer.from(input)), { isRecord, ...options })) all.push(...batch);
  return all;
}

/** Each frame's bytes, the broken ones behind a mark. */
const brief = (all: Frame[]) =>
  all.map((frame) => `${frame.kind === "broken" ? "✗ " : ""}${Buffer.from(frame.bytes).toString("utf8")}`);

const briefOf = async (input: string | Uint8Array) => brief(await framesOf(input));

const reasonsOf = async (input: string | Uint8Array, options: Partial<FramingOptions> = {}) =>
  (await framesOf(input, options)).map((frame) => (frame.kind === "broken" ? frame.reason : "record"));

const A = '{"id":1,"name":"Alice, [\\"A\\"] {x}"}';
const B = '{"id":2,"events":[{"name":"b"}],"data":{"events":[1]}}';
const PRETTY = JSON.stringify(JSON.parse(B), null, 2);

const LAYOUTS: Record<string, [input: string, records: string[]]> = {
  "one record a line": [`${A}\n\n  \n${B}\n`, [A, B]],
  "one record, pretty": [`${PRETTY}\n`, [PRETTY]],
  "pretty records one after another": [`${PRETTY}\n${PRETTY}\n`, [PRETTY, PRETTY]],
  "records one after another on one line": [`${A}${B} ${A}\n`, [A, B, A]],
  "a compact array": [`[${A},${B}]\n`, [A, B]],
  "an array with an element a line": [`[\n${A},\n${B}\n]\n`, [A, B]],
  "a pretty array": [`[\n  ${A},\n  {\n    "id": 3\n  }\n]\n`, [A, '{\n    "id": 3\n  }']],
  "an array of arrays": [`[[${A}],[],[${B}]]\n`, [A, B]],
  "an empty array": ["[]\n", []],
  "a Graph page": [`{"@odata.context":"[{","value":[${A},${B}],"@odata.nextLink":"https://x"}\n`, [A, B]],
  "a WorkOS list": [`{"object":"list","data":[${A}],"list_metadata":{"after":null}}\n`, [A]],
  "Azure Monitor's wrapper": [`{"records":[\n${A},\n${B}\n]}\n`, [A, B]],
  "a page of Google's Reports API": [`{"kind":"activities","items":[${A},${B}]}\n`, [A, B]],
  "an empty page": ['{"events":[],"after":null}\n', []],
  "an event hook delivery": [
    `{"eventType":"hook","data":{"n":1,"events":[${A},${B}]},"eventId":"e"}\n`,
    [A, B],
  ],
  "a page a line": [`{"value":[${A}]}\n{"value":[]}\n{"value":[${B}]}\n`, [A, B]],
  "pretty pages one after another": [
    `{\n  "value": [\n    ${A}\n  ]\n}\n{\n  "value": [\n    ${B}\n  ]\n}\n`,
    [A, B],
  ],
  "an array of event hook deliveries": [
    `[{"data":{"events":[${A}]},"eventType":"h"},{"data":{"events":[${B}]}}]\n`,
    [A, B],
  ],
  "a wrapper with two lists": [`{"events":[${A}],"records":[${B}]}\n`, [A, B]],
  "a record known as one only after a list in it": [
    '[{"events":[{"id":1}],"id":2}]\n',
    ['{"events":[{"id":1}],"id":2}'],
  ],
  "an object that is neither record nor wrapper": [
    '{"data":{"a":1},"value":2}\n',
    ['{"data":{"a":1},"value":2}'],
  ],
  "a list in another member than data": [
    '[{"data":{"a":1},"k":{"events":[1]}}]\n',
    ['{"data":{"a":1},"k":{"events":[1]}}'],
  ],
  "a list in a member that is no wrapper's": ['{"list":{"value":[1]}}\n', ['{"list":{"value":[1]}}']],
  "several layouts in one file": [`${A}\n[${B}]\n{"value":[${A}]}\n${PRETTY}`, [A, B, A, PRETTY]],
};

describe("layouts", () => {
  for (const [name, [input, records]] of Object.entries(LAYOUTS)) {
    it(name, async () => {
      expect(await briefOf(input)).toEqual(records);
      expect(await briefOf(input.trimEnd())).toEqual(records);
      expect(await briefOf(`\ufeff${input}`)).toEqual(records);
      const crlf = (text: string) => text.replaceAll("\n", "\r\n");
      expect(await briefOf(crlf(input))).toEqual(records.map(crlf));
    });
  }

  it("gives each record's value, and its place in the stream", async () => {
    const all = await framesOf(`\ufeff${A}\r\n\r\n{"value":[\n  ${B}, ${A}]}\n nope\n`);
    expect(all.map((frame) => frame.position)).toEqual([
      { record: 1, offset: 3, line: 1 },
      { record: 2, offset: 3 + A.length + 4 + 13, line: 4 },
      { record: 3, offset: 3 + A.length + 4 + 13 + B.length + 2, line: 4 },
      { record: 4, offset: 3 + A.length + 4 + 13 + B.length + 2 + A.length + 4, line: 5 },
    ]);
    expect(all[1]).toMatchObject({ kind: "record", value: JSON.parse(B) });
  });
});

const BROKEN: Record<string, [input: string, expected: string[]]> = {
  "text, one frame a line": [
    'Event Type,"a\n[INFO] {x} "y"\n\r\nlast',
    ['✗ Event Type,"a', '✗ [INFO] {x} "y"', "✗ last"],
  ],
  "values that are no objects": [
    '42\n"a"\nnull\n[1,"]",[true]]\n',
    ["✗ 42", '✗ "a"', "✗ null", "✗ 1", '✗ "]"', "✗ true"],
  ],
  "a bad line": [`${A}\n{"id":nope}\n${B}\n`, [A, '✗ {"id":nope}', B]],
  "a line cut off": [`{"id":1\n${A}\n{"id":"x\n${B}\n`, ['✗ {"id":1', A, '✗ {"id":"x', B]],
  "a line cut off where another value may stand": [
    `{"id":\n${A}\n{"id":[\n${B}\n`,
    ['✗ {"id":', A, '✗ {"id":[', B],
  ],
  "a line cut off after a backslash": [`{"id":"\\\n${A}\n`, ['✗ {"id":"\\', A]],
  "a bad line with more behind it": [`{"id":nope} more\n${A}\n`, ['✗ {"id":nope} more', A]],
  "text behind a record": [`${A} more\n${B}\n`, [A, "✗ more", B]],
  "records with commas between them": [`${A},${B},\n${A}\n`, [A, "✗ ,", B, "✗ ,", A]],
  "a pretty record with a fault": [
    `{\n  "id": nope nope\n  "b": {\n  }\n}\n${A}\n`,
    ['✗ {\n  "id": nope nope\n  "b": {\n  }\n}', A],
  ],
  "a bad element": [
    `[${A},{"id":nope},nope,{"id":1]},${B}]`,
    [A, '✗ {"id":nope}', "✗ nope", '✗ {"id":1]}', B],
  ],
  "an element cut off": [`[\n  ${A},\n  {"id":"x,\n  ${B}\n]`, [A, '✗ {"id":"x,', B]],
  "text behind an element": [`[${A} more, ${B}]`, [A, "✗ more", B]],
  "elements without commas": [`[\n${A}\n${B}\n]`, [A, B]],
  "a bad element of a wrapper": [`{"value":[${A},nope,${B}],"n":1}\n${A}`, [A, "✗ nope", B, A]],
  "a bad member of a wrapper": [`{"value":[${A}],"n":nope,"data":[${B}]}\n${A}`, [A, '✗ "n":nope', B, A]],
  "a tail without its head": [`"x"},\n${A}]}\n${B}\n`, ['✗ "x"},', A, "✗ ]}", B]],
  "a bracket too many": [`[${A}]]\n${B}\n`, [A, "✗ ]", B]],
  "the input ends in a record": [`${A}\n{"id":`, [A, '✗ {"id":']],
  "the input ends in an element": [`{"value":[${A},{"id":"a`, [A, '✗ {"id":"a']],
  "the input ends between two elements": [`{"value":[${A},\n`, [A, "✗ "]],
  "a page cut off before the next": [`{"value":[${A},{"id":2\n{"value":[${B}]}\n`, [A, '✗ {"id":2', B, "✗ "]],
  "a page cut off behind its list": [`{"value":[${A}]\n{"value":[${B}]}\n`, [A, "✗ ", B]],
  "a delivery cut off behind its list": [`{"data":{"events":[${A}]\n${B}\n`, [A, "✗ ", B]],
  "a page cut off in a member": [`{"value":[${A}],"n":\n${B}\n${A}\n`, [A, '✗ "n":', "✗ ", B, A]],
};

describe("what is broken", () => {
  for (const [name, [input, expected]] of Object.entries(BROKEN)) {
    it(name, async () => expect(await briefOf(input)).toEqual(expected));
  }

  it("says what is wrong, and where", async () => {
    expect(
      await reasonsOf('{"id":nope}\n{"id":1\n{"id":1,}\n{"id":"a\n7\n{"id":"\u0000"}\nx\u0000y'),
    ).toEqual([
      `This is not JSON: unexpected token 'o' in "{"id":nope}".`,
      "This is not JSON: expected ',' or '}' after property value, at character 8.",
      "This is not JSON: expected double-quoted property name, at character 9.",
      "This is not JSON: unterminated string, at character 9.",
      "This is JSON, but not a JSON object.",
      "This is not JSON: bad control character in string literal, at character 8.",
      `This is not JSON: unexpected token 'x' in "x\ufffdy".`,
    ]);
    expect(await reasonsOf(`[${A},{"id":`)).toEqual([
      "record",
      "Cut off: the input ends inside this record.",
    ]);
    expect(await reasonsOf(`[${A},`)).toEqual([
      "record",
      "Cut off: the list of records is never closed; records may be missing after this place.",
    ]);
  });

  it("keeps zeros apart from what stands beside them", async () => {
    const zeros = "\u0000".repeat(5_000);
    const why = "Nothing but zeros: most often a part of a file that was never written.";
    for (const input of [`${A}\n${zeros}${B}\n`, `${zeros}[${A},${B}]`, `${A}${B}${zeros}`]) {
      const all = await framesOf(input);
      expect(brief(all).toSorted()).toEqual([A, B, `✗ ${zeros}`].toSorted());
      expect(all.find(({ kind }) => kind === "broken")).toMatchObject({ reason: why });
    }
  });

  it("refuses numbers of surrogates, alone", async () => {
    const half = Buffer.from([0xed, 0xa0, 0xbd]);
    const input = Buffer.concat([Buffer.from('{"id":"'), half, Buffer.from(`"}\n{"id":"\\ud83d"}\n${B}`)]);
    expect(await reasonsOf(input)).toEqual([
      "This holds half of a surrogate pair, which is no character.",
      "record",
      "record",
    ]);
  });

  it("refuses what is not UTF-8, alone", async () => {
    const latin1 = Buffer.from('{"id":"\xe9"}', "latin1");
    const input = Buffer.concat([latin1, Buffer.from(`\n[${A},`), latin1, Buffer.from(`]\n${B}`)]);
    const bad = "This is not valid UTF-8.";
    expect(await reasonsOf(input)).toEqual([bad, "record", bad, "record"]);
    expect((await framesOf(input))[0]?.bytes).toEqual(latin1);
  });
});

describe("values", () => {
  const valuesOf = async (input: string) =>
    (await framesOf(input)).map((frame) => (frame.kind === "record" ? frame.value : frame.reason));

  it("have the last of two members of one name, and the bytes have both", async () => {
    const input = '{"id":1,"id":2}';
    expect(await valuesOf(input)).toEqual([{ id: 2 }]);
    expect(await briefOf(input)).toEqual([input]);
  });

  it("have integers that a double can't hold as strings of their digits, in any layout", async () => {
    const record = '{"id":12345678901234567890,"a":[-9007199254740993,9007199254740991]}';
    const value = { id: "12345678901234567890", a: ["-9007199254740993", 9007199254740991] };
    expect(await valuesOf(`${record}\n[${record}]\n{"value":[${record}]}`)).toEqual([value, value, value]);
    expect(await briefOf(record)).toEqual([record]);
  });

  it("have other numbers, and digits within strings, as they are", async () => {
    const text =
      '{"id":"12345678901234567890","b":0.12345678901234567890,"c":12345678901234567e3,"d":"\\" 12345678901234567890","e":1700000000000000}';
    expect(await valuesOf(text)).toEqual([JSON.parse(text)]);
    const long = `{"id":"${"\\n".repeat(2_000_000)}","n":12345678901234567890}`;
    expect(await valuesOf(long)).toMatchObject([{ n: "12345678901234567890" }]);
  });

  it("are none where the digits are no JSON", async () => {
    for (const bad of ['{"id":012345678901234567}', "{12345678901234567890:1}"]) {
      expect((await framesOf(bad)).map(({ kind }) => kind)).toEqual(["broken"]);
    }
  });
});

describe("limits", () => {
  const nested = (depth: number) => `{"id":${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}}`;

  it("nesting", async () => {
    const tooDeep = "This nests deeper than 200 levels.";
    expect(await reasonsOf(`${nested(200)}\n${nested(201)}\n${A}\n`)).toEqual(["record", tooDeep, "record"]);
    expect(await reasonsOf(`[${nested(200)},${nested(201)},${A}]`)).toEqual(["record", tooDeep, "record"]);
    expect(await briefOf(`${nested(100_000)}\n${A}\n`)).toEqual([`✗ ${nested(100_000)}`, A]);
    expect(await reasonsOf("[".repeat(100_000))).toEqual([tooDeep]);
    expect(await reasonsOf(`${"[".repeat(100_000)}${"]".repeat(100_000)}\n${A}`)).toEqual([
      tooDeep,
      "record",
    ]);
    expect(await reasonsOf('{"value":['.repeat(1_000))).toEqual([tooDeep]);
    const line = "This is not JSON: unexpected end.";
    expect(await reasonsOf('{"id":\n'.repeat(300))).toEqual([
      ...new Array(299).fill(line),
      "Cut off: the input ends inside this record.",
    ]);
  });

  it("length, for a line, an element, text, a pretty record and a wrapper's member", async () => {
    const x = "x".repeat(200);
    const [one, two, three] = [1, 2, 3].map(
      (part) => `Part ${part} of something longer than 100 bytes, the most that a record may have.`,
    );
    const pretty = `{\n  "id": "${x}"\n}`;
    const input = `{"id":"${x}"}\n${A}\n[{"id":"${x}"},"${x}",${B}]\n${x}\n${pretty}\n{"value":[${A}],"n":"${x}"}\n${A}`;
    const all = await framesOf(input, { maxRecordBytes: 100 });
    const kinds = all.map((frame) => (frame.kind === "broken" ? frame.reason : "record"));
    const record = "record";
    const parts = [one, two, three];
    expect(kinds).toEqual(
      [parts, record, parts, parts, record, [one, two], parts, record, parts, record].flat(),
    );
    const pieces = all.slice(13, 16);
    expect(brief(pieces).join("").replaceAll("✗ ", "")).toBe(pretty);
    expect(pieces.map(({ position }) => position.line)).toEqual([5, 6, 6]);
  });

  it("length, where a line that is cut off makes all that follows part of it", async () => {
    const input = `{"id":[\n${`${A},\n`.repeat(9)}`;
    const all = await framesOf(input, { maxRecordBytes: 100 });
    expect(brief(all)).toEqual(['✗ {"id":[', ...new Array(9).fill([A, "✗ ,"]).flat()]);
  });

  it("counts the lines of what is told in parts", async () => {
    const all = await framesOf(`{"id":[\n${"  1,\n".repeat(700_000)}  1]}\n${A}\n`, {
      maxRecordBytes: 1_000,
    });
    expect(all.at(-1)).toMatchObject({ kind: "record", position: { line: 700_003 } });
    for (const { position } of all.slice(1, -1)) {
      expect(position.line).toBe(2 + Math.floor((position.offset - '{"id":[\n'.length) / "  1,\n".length));
    }
  });

  it("a long record is whole up to the limit", async () => {
    const long = `{"id":"${"x".repeat(3_000_000)}"}`;
    expect(await briefOf(`${long}\n[${long},\n${long}]\n`)).toEqual([long, long, long]);
    const parts = await framesOf(`${long}\n${A}`, { maxRecordBytes: 2_000_000 });
    expect(brief(parts)).toEqual([`✗ ${long.slice(0, 2_000_000)}`, `✗ ${long.slice(2_000_000)}`, A]);
  });

  it("a wrapper larger than what is read ahead is streamed, a record of that size is not unwrapped", async () => {
    const events = Array.from({ length: 300 }, (_, i) => `{"id":${i},"pad":"${"x".repeat(5_000)}"}`);
    const list = `[${events.join(", ")}]`;
    expect(await briefOf(`{"eventType":"h","data":{"n":[],"events":${list}},"z":1}\n${A}`)).toEqual([
      ...events,
      A,
    ]);
    expect(await briefOf(`{"pad":"${"x".repeat(1_100_000)}","value":${list}}\n`)).toEqual(events);
    const late = `{"pad":"${"x".repeat(1_100_000)}","value":${list}}\n`;
    expect(brief(await framesOf(late, { maxRecordBytes: 2_000_000 }))).toEqual(events);
    const record = `{"id":0,"events":${list}}`;
    expect(await briefOf(`${record}\n${A}`)).toEqual([record, A]);
  });

  describe("memory does not grow with the stream", () => {
    const BYTES = 40_000_000;
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;

    /** The most that is held at any of ten places in the stream. */
    async function peakOf(head: string, chunk: Buffer, options: Partial<FramingOptions> = {}) {
      let [records, broken, peak] = [0, 0, 0];
      collect();
      const before = process.memoryUsage().arrayBuffers;
      async function* stream(): AsyncGenerator<Uint8Array> {
        yield Buffer.from(head);
        for (let sent = 0, next = 0; sent < BYTES; sent += chunk.length) {
          yield chunk;
          if (sent < next) continue;
          next += BYTES / 10;
          collect();
          peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
        }
      }
      for await (const batch of frames(stream(), { isRecord, ...options })) {
        for (const { kind } of batch) kind === "record" ? records++ : broken++;
      }
      return { records, broken, peak };
    }

    it("for a list on one line", async () => {
      const elements = Buffer.from(`${JSON.stringify({ id: 1, pad: "x".repeat(2_000) })},`.repeat(32));
      const { peak, ...counts } = await peakOf('{"records":[', elements);
      expect(counts).toEqual({ records: 32 * Math.ceil(BYTES / elements.length), broken: 1 });
      expect(peak).toBeLessThan(15_000_000);
    });

    it("for a string", async () => {
      const options = { maxRecordBytes: 4_000_000 };
      const { peak, ...counts } = await peakOf('{"id":"', Buffer.alloc(65_536, "x"), options);
      expect(counts).toEqual({ records: 0, broken: 11 });
      expect(peak).toBeLessThan(20_000_000);
    });
  });
});

it("gives what came before the source failed, then fails the same", async () => {
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(`${A}\n${B}`);
    throw new Error("The disk was pulled out.");
  }
  const seen: Frame[] = [];
  const reading = async () => {
    for await (const batch of frames(failing(), { isRecord })) seen.push(...batch);
  };
  await expect(reading()).rejects.toThrow("The disk was pulled out.");
  expect(brief(seen)).toEqual([A, B]);
});
