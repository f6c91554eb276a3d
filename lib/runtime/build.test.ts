/** The pages are built once, whoever needs them at the same time. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureBuilt } from "./build.ts";
import { PROJECT_ROOT } from "./home.ts";

describe("pages that several processes need", { timeout: 240_000 }, () => {
  let root = "";
  beforeAll(async () => {
    // Next finds its packages above, and compiles nothing outside of the project.
    const folder = join(PROJECT_ROOT, "test-results");
    await mkdir(folder, { recursive: true });
    root = await mkdtemp(join(folder, "build-"));
    await mkdir(join(root, "app"));
    const config = { turbopack: { root: PROJECT_ROOT } };
    await writeFile(join(root, "next.config.js"), `export default ${JSON.stringify(config)};`);
    await writeFile(join(root, "package.json"), JSON.stringify({ name: "pages", type: "module" }));
    await writeFile(
      join(root, "app/layout.js"),
      'export default ({ children }) => <html lang="en"><body>{children}</body></html>;',
    );
    await page("One.");
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  const page = (text: string) => writeFile(join(root, "app/page.js"), `export default () => <p>${text}</p>;`);
  const built = () => readFile(join(root, ".next/BUILD_ID"), "utf8");

  it("are built by one of them, and found built by the others and later", async () => {
    const said: string[] = [];
    const say = (text: string) => void said.push(text);
    const builds = () => said.filter((text) => text.startsWith("Building the pages")).length;
    await Promise.all([1, 2, 3].map(() => ensureBuilt(say, root)));
    expect(builds()).toBe(1);
    const first = await built();
    await ensureBuilt(say, root);
    expect(builds()).toBe(1);
    expect(await built()).toBe(first);
    await page("Two.");
    await Promise.all([1, 2].map(() => ensureBuilt(say, root)));
    expect(builds()).toBe(2);
    expect(await built()).not.toBe(first);
  });

  it("say why they can't be built, and are built when they can", async () => {
    await writeFile(join(root, "app/page.js"), "export default () => <p>;");
    await expect(ensureBuilt(() => {}, root)).rejects.toThrow(
      /^The pages could not be built\. Next\.js said:/u,
    );
    await page("Three.");
    await ensureBuilt(() => {}, root);
    expect(await built()).not.toBe("");
  });
});
