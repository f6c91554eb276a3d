import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decompressed } from "./decompress.ts";
import { IngestProblem } from "./problem.ts";

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** What comes out, and what it ends with when it does not end well. */
async function read(bytes: Buffer, size = 65_536): Promise<{ text: string; problem?: unknown }> {
  const parts: Uint8Array[] = [];
  const text = () => Buffer.concat(parts).toString();
  try {
    for await (const part of decompressed(cut(bytes, size))) parts.push(part);
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
