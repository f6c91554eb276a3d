/** What lies between bytes and records: decompression, charsets, tables, framing. Any bytes, however they are cut. */
import { gzipSync } from "node:zlib";
import { RECORDS } from "../../ingest/adapters/fixtures.ts";
import { detectAdapter } from "../../ingest/adapters/registry.ts";
import { inUtf8 } from "../../ingest/charset.ts";
import { nodesZstd } from "../../ingest/decompress/zstd.ts";
import { decompressed } from "../../ingest/decompress.ts";
import { FactFilter } from "../../ingest/fact-filter.ts";
import { takeLines } from "../../ingest/framing/framer.ts";
import { type Frame, frames } from "../../ingest/framing.ts";
import { layoutOf, type Wishes } from "../../ingest/layout.ts";
import { Packer } from "../../ingest/packer.ts";
import { IngestProblem } from "../../ingest/problem.ts";
import { readFrame } from "../../ingest/record.ts";
import type { Random } from "../../sample/random.ts";
import { anyValue, mutatedBytes, mutatedValue, TEXTS } from "../mutate.ts";
import { must, mustInheritNothing, type Target } from "../target.ts";

interface Input {
  bytes: Buffer;
  /** Lengths of the chunks, again and again. */
  cuts: readonly number[];
  wishes: Wishes;
}

const isRecord = (value: unknown) => detectAdapter(value) !== null;

async function* cut(bytes: Buffer, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const length = cuts[i % cuts.length] ?? 1;
    yield bytes.subarray(at, at + length);
    at += length;
  }
}

/** Small chunks for small inputs: a thousand of them show no more than a hundred. */
function cutsFor(bytes: Buffer, random: Random): number[] {
  const least = Math.ceil(bytes.length / 200);
  return Array.from({ length: random.int(1, 4) }, () => least + random.pick([0, 1, 2, 6, 99, 999, 65_535]));
}

/** JSON of some records, most of them damaged, in one of the layouts that are known. */
function jsonText(random: Random): string {
  const records = Array.from({ length: random.int(0, 4) }, () => {
    const [, record] = random.pick(RECORDS);
    const value = random.chance(0.6)
      ? record
      : random.chance(0.8)
        ? mutatedValue(record, random)
        : anyValue(random);
    return JSON.stringify(value, null, random.chance(0.2) ? 2 : undefined);
  });
  const list = `[${records.join(random.pick([",", ",\n", " ,"]))}]`;
  switch (random.int(0, 5)) {
    case 0:
      return list;
    case 1:
      return `{"${random.pick(["value", "data", "events", "records", "items", "__proto__"])}":${list},"next":null}`;
    case 2:
      return `{"eventType":"com.okta.event_hook","data":{"events":${list}}}`;
    case 3:
      return records.join("");
    default:
      return records.join(random.pick(["\n", "\r\n", "\n\n"]));
  }
}

const HEADERS = [
  "Employee ID,Work Email,Full Name,Department,Start Date,Last Day,Status",
  "Email;Username;Status;Role;Last Login;Created",
  "Date,Change ID,Action,Status,Source ID,Source Name,Target System,Modified Properties",
  "__proto__,constructor,prototype,email,end date",
  '"Work\nEmail"\tLast Day',
];

function tableText(random: Random): string {
  const header = random.pick(HEADERS);
  const delimiter = random.pick([",", ";", "\t"]);
  const cell = () => {
    const text = random.pick([
      ...TEXTS,
      "alice@larkspur.example",
      "2026-03-31",
      "31/03/2026",
      "Active",
      "E-1",
    ]);
    const short = text.slice(0, random.chance(0.01) ? 50_000 : 200);
    return random.chance(0.3) ? `"${short.replaceAll('"', '""')}"` : short;
  };
  const rows = Array.from({ length: random.int(0, 8) }, () =>
    Array.from({ length: header.split(/[,;\t]/u).length }, cell).join(delimiter),
  );
  return [header.replaceAll(/[,;\t]/gu, delimiter), ...rows].join(random.pick(["\n", "\r\n"]));
}

function wishesFor(random: Random): Wishes {
  const column = () => random.pick(["Work Email", "Status", "", "__proto__", "Email"]);
  const field = () =>
    random.pick(["email", "userName", "status", "__proto__", "constructor", "roles", "endDate"]);
  return {
    ...(random.chance(0.3) ? { application: random.pick(["Team Chat", ...TEXTS]) } : {}),
    ...(random.chance(0.3) ? { format: random.pick(["auto", "hr", "export", "entra", "okta"]) } : {}),
    ...(random.chance(0.2) ? { map: Object.fromEntries([[field(), column()]]) } : {}),
    ...(random.chance(0.2) ? { at: "2026-03-31" } : {}),
  };
}

function inCharset(text: string, random: Random): Buffer {
  switch (random.int(0, 5)) {
    case 0:
      return Buffer.from(`\ufeff${text}`, "utf16le");
    case 1:
      return Buffer.from(text, "utf16le");
    case 2:
      return Buffer.from(`\ufeff${text}`, "utf16le").swap16();
    default:
      return Buffer.from(random.chance(0.2) ? `\ufeff${text}` : text);
  }
}

/** All that comes out, and the problem that it ends with; anything but an {@link IngestProblem} is thrown on. */
async function all<T>(items: AsyncIterable<T>): Promise<{ items: T[]; problem: string | null }> {
  const out: T[] = [];
  try {
    for await (const item of items) out.push(item);
  } catch (error) {
    if (!(error instanceof IngestProblem)) throw error;
    must(/\.$/u.test(error.message), `The problem is no sentence: ${error.message}`);
    return { items: out, problem: error.code };
  }
  return { items: out, problem: null };
}

const joined = (parts: readonly Uint8Array[]): Buffer => Buffer.concat(parts);

/** Frames as they are compared: their bytes are views of larger buffers. */
const told = (list: readonly Frame[]): string =>
  JSON.stringify(list.map((frame) => ({ ...frame, bytes: Buffer.from(frame.bytes).toString("latin1") })));

/** Every frame becomes a record or is refused with a reason, and what is packed is all of them. */
function mustCount(list: readonly Frame[], adapter: Parameters<typeof readFrame>[1]["adapter"]): void {
  const packer = new Packer({ source: null, adapter });
  const facts = new FactFilter();
  let accepted = 0;
  let rejected = 0;
  list.forEach((frame, i) => {
    must(frame.position.record === i + 1, `Record ${i + 1} is numbered ${frame.position.record}.`);
    const read = readFrame(frame, { source: null, adapter }, facts);
    if ("record" in read) accepted += 1;
    else {
      must(/\.$/u.test(read.rejected.reason), `The reason is no sentence: ${read.rejected.reason}`);
      rejected += 1;
    }
    packer.add(frame);
  });
  const packed = packer.flush();
  const inSegments = packed.segments.reduce((sum, { records }) => sum + records, 0);
  must(inSegments === accepted, `${accepted} records were accepted, ${inSegments} packed.`);
  must(packed.rejected.length === rejected, `${rejected} were refused, ${packed.rejected.length} packed.`);
  must(accepted + rejected === list.length, `${list.length} records, ${accepted} + ${rejected} told.`);
  mustInheritNothing();
}

async function checkFraming({ bytes, cuts }: Input): Promise<void> {
  const whole = (await all(frames(cut(bytes, [bytes.length || 1]), { isRecord }))).items.flat();
  const pieces = (await all(frames(cut(bytes, cuts), { isRecord }))).items.flat();
  must(told(whole) === told(pieces), "Cut otherwise, the same bytes gave other records.");
  let at = 0;
  for (const { bytes: own, position } of whole) {
    must(position.offset >= at, `A record at ${position.offset} begins before the last one's end, ${at}.`);
    at = position.offset + own.length;
    must(bytes.subarray(position.offset, at).equals(own), "A record's bytes are not those at its place.");
  }
  const lines: Frame[] = [];
  if (takeLines(bytes, isRecord, (frame) => lines.push(frame)) !== null) {
    must(told(lines) === told(whole), "Line by line, the same bytes gave other records.");
  }
  mustCount(whole, null);
}

async function checkCharset({ bytes, cuts }: Input): Promise<void> {
  const whole = await all(inUtf8(cut(bytes, [bytes.length || 1])));
  const pieces = await all(inUtf8(cut(bytes, cuts)));
  must(joined(whole.items).equals(joined(pieces.items)), "Cut otherwise, the same text came out otherwise.");
  must(
    whole.problem === pieces.problem,
    `Cut otherwise, it ends with ${pieces.problem}, not ${whole.problem}.`,
  );
}

async function checkDecompression({ bytes, cuts }: Input): Promise<void> {
  const whole = await all(decompressed(cut(bytes, [bytes.length || 1])));
  const pieces = await all(decompressed(cut(bytes, cuts)));
  const [a, b] = [joined(whole.items), joined(pieces.items)];
  // Before damage, how much comes out depends on the pieces; what comes out does not.
  const length = Math.min(a.length, b.length);
  must(a.subarray(0, length).equals(b.subarray(0, length)), "Cut otherwise, other bytes came out.");
  if (whole.problem === null) must(a.length === b.length, "Cut otherwise, fewer bytes came out.");
  must(
    whole.problem === pieces.problem,
    `Cut otherwise, it ends with ${pieces.problem}, not ${whole.problem}.`,
  );
}

const NO_MAPPINGS = { read: async () => ({}), write: async () => {} };

async function framesOf(
  { bytes, wishes }: Input,
  cuts: readonly number[],
): Promise<{ frames: Frame[]; problem: string | null; adapter: Parameters<typeof mustCount>[1] }> {
  let adapter: Parameters<typeof mustCount>[1] = null;
  async function* batches(): AsyncGenerator<Frame[]> {
    const layout = await layoutOf(cut(bytes, cuts), wishes, NO_MAPPINGS);
    adapter = layout.adapter;
    yield* "json" in layout ? frames(layout.json, { isRecord }) : layout.frames;
  }
  const { items, problem } = await all(batches());
  return { frames: items.flat(), problem, adapter };
}

async function checkInput(input: Input): Promise<void> {
  const whole = await framesOf(input, [input.bytes.length || 1]);
  mustCount(whole.frames, whole.adapter);
  const pieces = await framesOf(input, input.cuts);
  // Of damaged gzip data more or less of the end is read, and so a header may be there or not.
  if (whole.problem === null || pieces.problem === null) {
    must(
      whole.problem === pieces.problem,
      `Cut otherwise, it ends with ${pieces.problem}, not ${whole.problem}.`,
    );
    must(told(whole.frames) === told(pieces.frames), "Cut otherwise, the same bytes gave other records.");
  }
}

/** Zstd frames of plain blocks (RFC 8878 §3.1.1.2), since not every Node can make any. */
function zstd(text: Buffer): Buffer {
  const content = text.subarray(0, 60_000);
  const header = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58, 0, 0, 0]);
  header.writeUIntLE((content.length << 3) | 1, 6, 3);
  return Buffer.concat([header, content]);
}

function compressed(bytes: Buffer, random: Random): Buffer {
  const members = Array.from({ length: random.int(1, 3) }, () =>
    nodesZstd !== null && random.chance(0.3) ? zstd(bytes) : gzipSync(bytes, { level: random.int(0, 9) }),
  );
  return Buffer.concat([...members, Buffer.alloc(random.pick([0, 0, 3]))]);
}

function target(
  name: string,
  bytesFor: (random: Random) => Buffer,
  check: (input: Input) => Promise<void>,
): Target {
  return {
    name,
    next(random) {
      const bytes = bytesFor(random);
      const input = { bytes, cuts: cutsFor(bytes, random), wishes: wishesFor(random) };
      return { input, run: () => check(input) };
    },
  };
}

const anyText = (random: Random) => (random.chance(0.6) ? jsonText(random) : tableText(random));

export const layerTargets: readonly Target[] = [
  target("framing", (random) => mutatedBytes(Buffer.from(jsonText(random)), random), checkFraming),
  target("tables", (random) => mutatedBytes(Buffer.from(tableText(random)), random), checkInput),
  target("charsets", (random) => mutatedBytes(inCharset(anyText(random), random), random), checkCharset),
  target(
    "decompression",
    (random) => mutatedBytes(compressed(Buffer.from(anyText(random)), random), random),
    checkDecompression,
  ),
  target(
    "input",
    (random) => {
      const bytes = inCharset(anyText(random), random);
      return mutatedBytes(random.chance(0.2) ? compressed(bytes, random) : bytes, random);
    },
    checkInput,
  ),
];
