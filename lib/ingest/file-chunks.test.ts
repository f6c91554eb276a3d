import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fileChunks, giveBack } from "./file-chunks.ts";

const MIB = 1024 * 1024;
const BYTES = Buffer.alloc(5 * MIB + 17, "0123456789abcdefghijk");

describe("chunks of a file", () => {
  let folder = "";
  let file = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "rollcall-chunks-"));
    file = join(folder, "file");
    await writeFile(file, BYTES);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("are the file's bytes, kept or given back", async () => {
    const kept: Uint8Array[] = [];
    for await (const chunk of fileChunks(file)) kept.push(chunk);
    expect(Buffer.concat(kept).equals(BYTES)).toBe(true);
    const copies: Buffer[] = [];
    for await (const chunk of fileChunks(file)) {
      copies.push(Buffer.from(chunk));
      giveBack(chunk);
    }
    expect(Buffer.concat(copies).equals(BYTES)).toBe(true);
    // Those that were kept are still what they were.
    expect(Buffer.concat(kept).equals(BYTES)).toBe(true);
  });

  it("share memory once they were given back whole, and only then", async () => {
    const chunks = fileChunks(file);
    const next = async () => (await chunks.next()).value as Uint8Array;
    const first = await next();
    giveBack(first.subarray(1));
    giveBack(Buffer.alloc(MIB));
    const second = await next();
    expect(second.buffer).not.toBe(first.buffer);
    giveBack(second);
    giveBack(second);
    const third = await next();
    const fourth = await next();
    expect(third.buffer).toBe(second.buffer);
    expect(fourth.buffer).not.toBe(third.buffer);
    await chunks.return(undefined);
  });

  it("say why a file can't be read", async () => {
    await expect(fileChunks(join(folder, "none")).next()).rejects.toThrow("ENOENT");
  });
});
