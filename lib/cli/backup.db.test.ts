/** rollcall backup and rollcall restore as a person types them. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { decryptSecrets, encryptSecrets } from "../backup/secrets.ts";
import { contentOf, emptyDatabases } from "../backup/testing.ts";
import { homeAt, readSecrets } from "../runtime/home.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { inFolder } from "../runtime/testing/folder.ts";
import { runRollcall } from "./testing.ts";

const PASSPHRASE = "correct horse battery";

describe("rollcall backup and restore", { timeout: 120_000 }, () => {
  const source = testDatabase();
  const empty = emptyDatabases();

  it("keep secrets out, or take them along encrypted into another home, but for its database's password", () =>
    inFolder(async (folder) => {
      const [here, there] = [join(folder, "here"), join(folder, "there")];
      const old = await readSecrets(homeAt(here));
      const own = await readSecrets(homeAt(there));
      const file = join(folder, "backup.zip");
      const from = { DATABASE_URL: source.url, ROLLCALL_HOME: here };
      const plain = await runRollcall(["backup", "-o", join(folder, "plain.zip")], { env: from });
      expect(plain).toMatchObject({ code: 0, out: "" });
      expect(plain.err).toMatch(/tables, .* rows, .* MB\.\nThe home's secrets are not in it\./u);

      const without = await runRollcall(["backup", "-o", file, "--with-secrets"], { env: from });
      expect(without).toMatchObject({ code: 2, err: expect.stringContaining("ROLLCALL_BACKUP_PASSPHRASE") });
      const env = { ...from, ROLLCALL_BACKUP_PASSPHRASE: PASSPHRASE };
      const made = await runRollcall(["backup", "-o", file, "--with-secrets", "--json"], { env });
      expect(JSON.parse(made.out)).toMatchObject({ secrets: true });
      const bytes = await readFile(file, "latin1");
      for (const secret of Object.values(old)) expect(bytes).not.toContain(secret);

      const url = await empty();
      const into = { DATABASE_URL: url, ROLLCALL_HOME: there };
      const wrong = await runRollcall(["restore", file, "--with-secrets"], {
        env: { ...into, ROLLCALL_BACKUP_PASSPHRASE: "correct horse batteries" },
      });
      expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining("don't open with this") });
      expect(await contentOf(url)).toEqual({});
      expect(await readSecrets(homeAt(there))).toEqual(own);

      const restored = await runRollcall(["restore", file, "--with-secrets", "--json"], {
        env: { ...into, ROLLCALL_BACKUP_PASSPHRASE: PASSPHRASE },
      });
      expect(restored.code).toBe(0);
      expect(JSON.parse(restored.out)).toMatchObject({ file, migrated: [], secrets: true });
      expect(await readSecrets(homeAt(there))).toEqual({ ...old, postgresPassword: own.postgresPassword });
      expect(await contentOf(url)).toEqual(await contentOf(source.url));

      const none = await runRollcall(["restore", join(folder, "plain.zip"), "--with-secrets"], {
        env: { ...into, ROLLCALL_BACKUP_PASSPHRASE: PASSPHRASE },
      });
      expect(none).toMatchObject({ code: 1, err: expect.stringContaining("The backup holds no secrets") });
      const unasked = await runRollcall(["restore", file, "--replace"], { env: into });
      expect(unasked).toMatchObject({ code: 2, err: expect.stringContaining("add --yes") });
      const replaced = await runRollcall(["restore", file, "--replace", "--yes"], { env: into });
      expect(replaced).toMatchObject({ code: 0, err: expect.stringContaining("everybody signs in anew") });
    }));
});

describe("secrets in a backup", () => {
  it("open with their passphrase only, and not when a byte was changed", () => {
    const secrets = { sessionSecret: "s".repeat(40), later: { key: [1, 2] } };
    const encrypted = encryptSecrets(secrets, PASSPHRASE);
    expect(decryptSecrets(encrypted, PASSPHRASE)).toEqual(secrets);
    expect(() => decryptSecrets(encrypted, `${PASSPHRASE} `)).toThrow("don't open with this");
    const changed = Buffer.from(encrypted);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    expect(() => decryptSecrets(changed, PASSPHRASE)).toThrow("don't open with this");
    expect(() => decryptSecrets(Buffer.alloc(3), PASSPHRASE)).toThrow("don't open with this");
    // The same secrets twice look different.
    expect(encryptSecrets(secrets, PASSPHRASE).equals(encrypted)).toBe(false);
  });
});
