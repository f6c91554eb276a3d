import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { keptScript } from "./kept-script.mjs";

let root = "";
let source = "";
let made = 0;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "rollcall-script-"));
  await mkdir(join(root, "lib"));
  source = join(root, "lib", "one.ts");
  await writeFile(source, "1;");
  made = 0;
});
afterEach(() => rm(root, { recursive: true, force: true }));

const text = async () => `made ${++made} times`;
const kept = (at = root, name = "one.mjs") => keptScript(at, name, text);
const folder = () => join(root, "node_modules", ".cache", "rollcall");

it("is made once, and again when a source has changed", async () => {
  const path = (await kept()) ?? "";
  expect(await kept()).toBe(path);
  expect(await readFile(path, "utf8")).toBe("made 1 times");

  await writeFile(source, "2;");
  const changed = (await kept()) ?? "";
  expect(await readFile(changed, "utf8")).toBe("made 2 times");
  await writeFile(source, "1;");
  expect(await kept()).toBe(path);
  expect(made).toBe(2);
});

it("is another one of another name", async () => {
  expect(await kept()).not.toBe(await kept(root, "two.mjs"));
  expect(made).toBe(2);
});

it("is not kept when sources change while it is made", async () => {
  const changing = keptScript(root, "one.mjs", async () => {
    await writeFile(source, "2;");
    return text();
  });
  expect(await changing).toBeNull();
  expect(await readdir(folder())).toEqual([]);
});

it("leaves nothing behind when it can't be made", async () => {
  const failing = keptScript(root, "one.mjs", () => Promise.reject(new Error("no")));
  await expect(failing).rejects.toThrow("no");
  expect(await readdir(folder())).toEqual([]);
});

it("is not made where nothing may be written", async () => {
  // A file where its folder would be: no user may write there, root neither.
  await writeFile(join(root, "node_modules"), "");
  expect(await kept()).toBeNull();
  expect(made).toBe(0);
});

it("takes away what was made long ago", async () => {
  const path = (await kept()) ?? "";
  const long = new Date(Date.now() - 8 * 24 * 60 * 60_000);
  await utimes(path, long, long);
  await writeFile(source, "2;");
  const changed = await kept();
  expect(await readdir(folder())).toEqual([changed?.slice(folder().length + 1)]);
});
