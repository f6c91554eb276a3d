import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { homeAt, readSecrets } from "./home.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollcall-home-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("makes secrets once, however many ask at once, for its owner only", async () => {
  const home = homeAt(join(folder, "new", "home"));
  const all = await Promise.all(Array.from({ length: 8 }, () => readSecrets(home)));
  expect(new Set(all.map((secrets) => JSON.stringify(secrets))).size).toBe(1);
  expect(await readSecrets(home)).toEqual(all[0]);
  expect((await stat(home.secretsFile)).mode & 0o777).toBe(0o600);
  expect(all[0]?.postgresPassword).not.toBe(
    (await readSecrets(homeAt(join(folder, "other")))).postgresPassword,
  );
});

it("never replaces secrets that it can't read", async () => {
  const home = homeAt(join(folder, "broken"));
  await readSecrets(home);
  await writeFile(home.secretsFile, "{");
  await expect(readSecrets(home)).rejects.toMatchObject({ code: "secrets-unusable" });
});

it("says when a file stands where the folder should be", async () => {
  await writeFile(join(folder, "file"), "");
  await expect(readSecrets(homeAt(join(folder, "file")))).rejects.toMatchObject({ code: "home-no-folder" });
  await expect(readSecrets(homeAt(join(folder, "file", "below")))).rejects.toMatchObject({
    code: "home-no-folder",
  });
});
