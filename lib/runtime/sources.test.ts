import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sourceHash } from "./sources.mjs";

let root = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "rollcall-build-"));
  await mkdir(join(root, "app", "deep"), { recursive: true });
  await writeFile(join(root, "app", "deep", "page.tsx"), "export default 1;");
});
afterAll(() => rm(root, { recursive: true, force: true }));

it("changes with each source of the build, and with nothing else", async () => {
  const before = sourceHash(root);
  await writeFile(join(root, "app", "deep", "page.test.tsx"), "a test");
  await writeFile(join(root, "README.md"), "words");
  expect(sourceHash(root)).toBe(before);

  await writeFile(join(root, "next.config.js"), "export default {};");
  const configured = sourceHash(root);
  await writeFile(join(root, "app", "deep", "page.tsx"), "export default 2;");
  const changed = sourceHash(root);
  await mkdir(join(root, "lib"));
  await writeFile(join(root, "lib", "new.ts"), "");
  expect(new Set([before, configured, changed, sourceHash(root)]).size).toBe(4);
});
