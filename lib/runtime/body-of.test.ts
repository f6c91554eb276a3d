import { createReadStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bodyOf } from "./body-of.ts";

describe("the body of an answer", () => {
  let folder: string;
  let file: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "rollcall-body-"));
    file = join(folder, "large");
    await writeFile(file, Buffer.alloc(4_000_000, 7));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("is all that comes", async () => {
    const bytes = await new Response(bodyOf(createReadStream(file))).bytes();
    expect(bytes.length).toBe(4_000_000);
    async function* lines() {
      yield "ü\n";
      yield Buffer.from("b\n");
    }
    expect(await new Response(bodyOf(lines())).text()).toBe("ü\nb\n");
  });

  it("ends its source when whoever reads goes away in its midst, and nothing is thrown aside", async () => {
    const source = createReadStream(file);
    const reader = bodyOf(source).getReader();
    await reader.read();
    const waits = reader.read();
    await reader.cancel();
    await waits;
    await new Promise((resolve) => setImmediate(resolve));
    expect(source.destroyed).toBe(true);
  });

  it("ends a source that nobody has begun to read", async () => {
    const source = createReadStream(file);
    await bodyOf(source).cancel();
    expect(source.destroyed).toBe(true);
    let left = false;
    const generated = (async function* () {
      try {
        for (;;) yield "more";
      } finally {
        left = true;
      }
    })();
    const reader = bodyOf(generated).getReader();
    await reader.read();
    await reader.cancel();
    expect(left).toBe(true);
  });

  it("breaks off where its source does, so that a part is not taken for the whole", async () => {
    const source = createReadStream(file);
    const reader = bodyOf(source).getReader();
    await reader.read();
    source.destroy();
    await expect(
      (async () => {
        while (!(await reader.read()).done);
      })(),
    ).rejects.toThrow();
  });

  it("fails as its source does", async () => {
    async function* broken() {
      yield "a";
      throw new Error("cut off");
    }
    await expect(new Response(bodyOf(broken())).text()).rejects.toThrow("cut off");
  });
});
