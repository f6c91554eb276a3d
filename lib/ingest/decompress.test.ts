import { PassThrough, Transform } from "node:stream";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { maxExpansion } from "./decompress/expansion.ts";
import { nodesZstd, type ZstdFactory } from "./decompress/zstd.ts";
import { decompressed } from "./decompress.ts";
import { IngestProblem } from "./problem.ts";

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** What comes out, and what it ends with when it does not end well. */
async function read(
  bytes: Buffer,
  size = 65_536,
  zstd?: ZstdFactory | null,
): Promise<{ text: string; problem?: unknown }> {
  const parts: Uint8Array[] = [];
  const text = () => Buffer.concat(parts).toString();
  try {
    for await (const part of decompressed(cut(bytes, size), zstd)) parts.push(part);
  } catch (problem) {
    return { text: text(), problem };
  }
  return { text: text() };
}

/** Does not compress well, so that damage falls in the middle of the data. */
const LINES = Array.from({ length: 4_000 }, (_, i) => `{"id":${i},"n":"${Math.sin(i)}"}\n`).join("");

describe("decompressed", () => {
  it("gives back what was compressed, in any number of members and chunks, with or without padding", async () => {
    const member = fc.string({ maxLength: 2_000 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(member, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 3_000 }),
        fc.integer({ min: 0, max: 2_000 }),
        async (members, size, padding) => {
          const bytes = Buffer.concat([...members.map((text) => gzipSync(text)), Buffer.alloc(padding)]);
          expect(await read(bytes, size)).toEqual({ text: Buffer.from(members.join("")).toString() });
        },
      ),
      { numRuns: 50 },
    );
  });

  it("leaves other bytes as they are", async () => {
    for (const text of ["", "{", "\u001f", "\u001fx", LINES]) {
      expect(await read(Buffer.from(text), 1)).toEqual({ text });
    }
  });

  it("gives everything before a cut, then says that the data is cut off", async () => {
    const bytes = gzipSync(LINES);
    const { text, problem } = await read(bytes.subarray(0, bytes.length / 2));
    expect(text.length).toBeGreaterThan(LINES.length * 0.45);
    expect(LINES.startsWith(text)).toBe(true);
    expect(problem).toBeInstanceOf(IngestProblem);
    expect(problem).toMatchObject({ code: "gzip-truncated" });

    expect(await read(bytes.subarray(0, -1))).toMatchObject({
      text: LINES,
      problem: { code: "gzip-truncated" },
    });
    const second = Buffer.concat([bytes, bytes.subarray(0, 5)]);
    expect(await read(second)).toMatchObject({ text: LINES, problem: { code: "gzip-truncated" } });
    expect(await read(bytes.subarray(0, 2))).toMatchObject({ text: "", problem: { code: "gzip-truncated" } });
  });

  it("gives what stands before damage, then says so", async () => {
    const bytes = gzipSync(LINES);
    bytes.writeUInt32LE(bytes.readUInt32LE(bytes.length - 8) ^ 1, bytes.length - 8);
    const { text, problem } = await read(bytes);
    expect(text.length).toBeGreaterThan(LINES.length * 0.9);
    expect(LINES.startsWith(text)).toBe(true);
    expect(problem).toMatchObject({
      code: "gzip-corrupt",
      message:
        "The gzip data is damaged (incorrect data check); get the file again. What came before the damage was read.",
    });
  });

  it("takes nothing for padding but zeros", async () => {
    const member = gzipSync("a");
    const rest = [
      Buffer.from("xyz"),
      Buffer.concat([Buffer.alloc(1), member]),
      Buffer.concat([Buffer.alloc(3_000), member]),
    ];
    for (const trailing of rest) {
      for (const size of [1, 65_536]) {
        const { problem } = await read(Buffer.concat([member, trailing]), size);
        expect(problem).toMatchObject({ code: "gzip-corrupt" });
      }
    }
  });

  it("lets go of its source when nobody reads on", async () => {
    let released = false;
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        yield* cut(gzipSync(LINES), 100);
      } finally {
        released = true;
      }
    }
    for await (const _ of decompressed(source())) break;
    expect(released).toBe(true);
  });
});

/** `{"id":1}` newline, `{"id":2}` newline: two frames, each of one block that is not compressed; then one with a checksum. */
const ZSTD = Buffer.from("KLUv/SAJSQAAeyJpZCI6MX0KKLUv/SAJSQAAeyJpZCI6Mn0K", "base64");
/** 300 times `{"id":1}` newline: a compressed block and a checksum. */
const ZSTD_COMPRESSED = Buffer.from("KLUv/QRYhQAASHsiaWQiOjF9CgEAgKJfjt5lB30=", "base64");
const SKIPPABLE = Buffer.concat([Buffer.from([0x5e, 0x2a, 0x4d, 0x18, 3, 0, 0, 0]), Buffer.from("abc")]);

/** In the place of Node's decompressor: shows what each frame was found to be. */
function recorder(): { create: ZstdFactory; frames: () => Buffer[] } {
  const made: Buffer[][] = [];
  const create = () => {
    const parts: Buffer[] = [];
    made.push(parts);
    return new PassThrough({
      transform(bytes: Buffer, _encoding, done) {
        parts.push(bytes);
        done();
      },
    });
  };
  return { create, frames: () => made.map((parts) => Buffer.concat(parts)) };
}

describe("zstd data", () => {
  it("are cut into their frames; padding and skippable frames hold nothing", async () => {
    for (const size of [1, 7, 65_536]) {
      const { create, frames } = recorder();
      const bytes = Buffer.concat([ZSTD, SKIPPABLE, ZSTD_COMPRESSED, Buffer.alloc(9)]);
      expect((await read(bytes, size, create)).problem).toBeUndefined();
      expect(frames()).toEqual([ZSTD.subarray(0, 18), ZSTD.subarray(18), ZSTD_COMPRESSED]);
    }
  });

  it("that are cut off anywhere are said to be, after what is whole", async () => {
    const bytes = Buffer.concat([ZSTD, SKIPPABLE, ZSTD_COMPRESSED]);
    const ends = [0, 18, ZSTD.length, ZSTD.length + SKIPPABLE.length, bytes.length];
    for (let end = 4; end < bytes.length; end++) {
      const { problem } = await read(bytes.subarray(0, end), 65_536, recorder().create);
      // A skippable frame may be cut within its magic number, which is then none that is known.
      const code = ends.includes(end) ? undefined : expect.stringMatching(/^zstd-(?:truncated|corrupt)$/u);
      expect([end, (problem as { code?: string } | undefined)?.code]).toEqual([end, code]);
    }
  });

  it("followed by other bytes, or with a block that is none, are said to be broken there", async () => {
    const { create, frames } = recorder();
    expect((await read(Buffer.concat([ZSTD, Buffer.from("more")]), 65_536, create)).problem).toMatchObject({
      code: "zstd-corrupt",
      message:
        "The zstd data can't be read on (bytes that are not zstd stand behind it); get the file again. What came before this place was read.",
    });
    expect(frames()).toHaveLength(2);
    const bad = Buffer.from(ZSTD);
    bad[6 + 18] = 0x06;
    expect((await read(bad, 65_536, create)).problem).toMatchObject({ code: "zstd-corrupt" });
  });

  it("say what to do where Node can't undo them, and let go of their source", async () => {
    let released = false;
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        yield ZSTD;
      } finally {
        released = true;
      }
    }
    const all = async () => {
      for await (const _ of decompressed(source(), null));
    };
    await expect(all()).rejects.toMatchObject({
      code: "zstd-unsupported",
      message: expect.stringContaining(
        "decompress it first (zstd -d), or run Rollcall with Node 22.15 or newer",
      ),
    });
    expect(released).toBe(true);
  });
});

const here = nodesZstd !== null;

describe.skipIf(!here)(
  `zstd data, undone (${here ? "by this Node" : "skipped: this Node has no zstd"})`,
  () => {
    it("give back what was compressed", async () => {
      for (const size of [1, 65_536]) {
        expect(await read(Buffer.concat([ZSTD, SKIPPABLE, ZSTD_COMPRESSED]), size)).toEqual({
          text: `{"id":1}\n{"id":2}\n${'{"id":1}\n'.repeat(300)}`,
        });
      }
    });

    it("give all blocks before damage", async () => {
      const bytes = Buffer.concat([ZSTD, ZSTD_COMPRESSED]);
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
      expect(await read(bytes)).toMatchObject({
        text: `{"id":1}\n{"id":2}\n${'{"id":1}\n'.repeat(300)}`,
        problem: { code: "zstd-corrupt" },
      });
    });
  },
);

const MIB = 1024 * 1024;

/** How many bytes come out, without keeping them, and what ends them. */
async function grown(bytes: Buffer, zstd?: ZstdFactory): Promise<{ out: number; problem?: unknown }> {
  let out = 0;
  try {
    for await (const part of decompressed(cut(bytes, 65_536), zstd)) out += part.length;
  } catch (problem) {
    return { out, problem };
  }
  return { out };
}

/** A zstd frame whose blocks each repeat one byte 128 KiB long (RFC 8878 §3.1.1.2.2): four bytes make 128 KiB. */
function zstdBomb(blocks: number): Buffer {
  const header = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58]);
  const block = (last: boolean) => {
    const bytes = Buffer.alloc(4, 0x20);
    bytes.writeUIntLE(((128 * 1024) << 3) | (1 << 1) | (last ? 1 : 0), 0, 3);
    return bytes;
  };
  return Buffer.concat([header, ...Array.from({ length: blocks }, (_, i) => block(i === blocks - 1))]);
}

/** Where Node has no zstd: undoes such blocks, and nothing else. */
const repeater: ZstdFactory = () =>
  new Transform({
    transform: (bytes: Buffer, _encoding, done) =>
      done(null, bytes.length === 4 ? Buffer.alloc(128 * 1024, bytes[3]) : Buffer.alloc(0)),
  });

describe("data that grow", () => {
  const set = (limit?: string) => {
    if (limit === undefined) delete process.env.ROLLCALL_MAX_EXPANSION;
    else process.env.ROLLCALL_MAX_EXPANSION = limit;
  };
  afterEach(() => set());

  it("are given up to the limit, then refused with what to do: gzip", async () => {
    const bytes = gzipSync(Buffer.alloc(100 * MIB));
    const { out, problem } = await grown(bytes);
    expect(out).toBeGreaterThan(63 * MIB);
    expect(out).toBeLessThanOrEqual(64 * MIB);
    expect(problem).toBeInstanceOf(IngestProblem);
    expect(problem).toMatchObject({
      code: "expansion",
      message:
        "The compressed data grows to more than 200 times its size, which logs do not; what came before was read. If it is a log all the same, decompress it first, or set ROLLCALL_MAX_EXPANSION to a higher number.",
    });
  });

  it("are refused likewise: zstd", async () => {
    const { out, problem } = await grown(zstdBomb(2_000), nodesZstd ?? repeater);
    expect(out).toBe(64 * MIB);
    expect(problem).toMatchObject({ code: "expansion" });
  });

  it("are read where little comes out, or where the setting allows it", async () => {
    expect(await grown(gzipSync(Buffer.alloc(60 * MIB)))).toEqual({ out: 60 * MIB });
    set("1100");
    expect(await grown(gzipSync(Buffer.alloc(70 * MIB)))).toEqual({ out: 70 * MIB });
  });

  it("are held to what the setting says, which must be a number of at least 1", async () => {
    expect(["", " ", "1", "12.5"].map((setting) => maxExpansion(setting))).toEqual([200, 200, 1, 12.5]);
    for (const setting of ["0", "-1", "many", "NaN"]) {
      expect(() => maxExpansion(setting)).toThrow(`at least 1, not "${setting}".`);
    }
    set("0");
    expect((await grown(gzipSync("a"))).problem).toMatchObject({ code: "bad-setting" });
  });
});

describe("data that were compressed twice", () => {
  it("are refused at once, and never undone twice", async () => {
    for (const inner of [gzipSync(LINES), ZSTD]) {
      for (const size of [1, 65_536]) {
        expect(await read(gzipSync(inner), size)).toMatchObject({
          text: "",
          problem: { code: "nested-compression" },
        });
      }
    }
  });
});
