import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inUtf8 } from "./charset.ts";
import { type Frame, frames } from "./framing.ts";

async function* cut(bytes: Uint8Array, size = 65_536): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(bytes: Uint8Array, size?: number): Promise<{ bytes: Buffer; problem?: unknown }> {
  const parts: Uint8Array[] = [];
  try {
    for await (const part of inUtf8(cut(bytes, size))) parts.push(part);
  } catch (problem) {
    return { bytes: Buffer.concat(parts), problem };
  }
  return { bytes: Buffer.concat(parts) };
}

const textOf = async (bytes: Uint8Array, size?: number) => (await read(bytes, size)).bytes.toString("utf8");

const le = (text: string) => Buffer.from(text, "utf16le");
const be = (text: string) => Buffer.from(text, "utf16le").swap16();

const RECORD = '{"id":"ü€😀"}\r\n';

describe("text in UTF-16", () => {
  it.each([
    ["little-endian with its mark", le(`\ufeff${RECORD}`), `\ufeff${RECORD}`],
    ["big-endian with its mark", be(`\ufeff${RECORD}`), `\ufeff${RECORD}`],
    ["little-endian without a mark", le(RECORD), RECORD],
    ["big-endian without a mark", be(RECORD), RECORD],
    ["a table without a mark", le("Email;Last Day\n"), "Email;Last Day\n"],
  ])("comes out as UTF-8: %s", async (_, bytes, text) => {
    for (const size of [1, 2, 3, 1_000]) expect(await textOf(bytes, size)).toBe(text);
  });

  it("comes out whole however it is cut", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "binary" }),
        fc.boolean(),
        fc.integer({ min: 1, max: 9 }),
        async (text, big, size) => {
          const marked = `\ufeff{${text}`;
          expect(await textOf(big ? be(marked) : le(marked), size)).toBe(marked);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("gives what stands before a last byte that is half a character, then says which it is", async () => {
    for (const size of [1, 1_000]) {
      expect(await read(Buffer.concat([le(`\ufeff${RECORD}`), Buffer.from([0x7d])]), size)).toMatchObject({
        bytes: Buffer.from(`\ufeff${RECORD}`),
        problem: {
          code: "utf16-truncated",
          message:
            "The UTF-16 text ends within a character (its last byte is 0x7d); get the file again. What came before the end was read.",
        },
      });
    }
  });

  it("keeps halves of surrogate pairs, and the record that holds one is refused by itself", async () => {
    const text = '\ufeff{"id":1}\n{"id":"\ud83d"}\n{"id":"\ude00😀"}\n{"id":2}\n\ud83d';
    for (const [bytes, size] of [
      [le(text), 3],
      [be(text), 1_000],
    ] as const) {
      const all: Frame[] = [];
      for await (const batch of frames(inUtf8(cut(bytes, size)), { isRecord: () => true }))
        all.push(...batch);
      const half = "This holds half of a surrogate pair, which is no character.";
      expect(all.map((frame) => (frame.kind === "broken" ? frame.reason : frame.value))).toEqual([
        { id: 1 },
        half,
        half,
        { id: 2 },
        half,
      ]);
      expect(Buffer.from(all[1]?.bytes ?? []).toString("hex")).toBe("7b226964223a22eda0bd227d");
      expect(Buffer.from(all[2]?.bytes ?? []).toString("hex")).toBe("7b226964223a22edb880f09f9880227d");
    }
  });
});

describe("other text", () => {
  it("passes as it is, with its byte order mark, and whatever it is where it is short or no text", async () => {
    for (const bytes of [
      Buffer.from(`\ufeff${RECORD}`),
      Buffer.from(RECORD),
      Buffer.from("{"),
      Buffer.alloc(0),
      Buffer.alloc(8),
      Buffer.from([0x7b, 0, 0x7d]),
      Buffer.from([0xe9, 0, 0x7d, 0]),
    ]) {
      for (const size of [1, 1_000]) expect((await read(bytes, size)).bytes).toEqual(bytes);
    }
  });

  it.each([
    ["with its mark", Buffer.from([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0])],
    ["big-endian", Buffer.from([0, 0, 0, 0x7b])],
    ["little-endian", Buffer.from([0x7b, 0, 0, 0])],
  ])("in UTF-32 is refused: %s", async (_, bytes) => {
    expect((await read(bytes)).problem).toMatchObject({ code: "utf32" });
  });

  it("that fails early fails the same", async () => {
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield Buffer.from([0xff]);
      throw new Error("cut off");
    }
    const parts: Uint8Array[] = [];
    const all = async () => {
      for await (const part of inUtf8(failing())) parts.push(part);
    };
    await expect(all()).rejects.toThrow("cut off");
    expect(Buffer.concat(parts)).toEqual(Buffer.from([0xff]));
  });
});
