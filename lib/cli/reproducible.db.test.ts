/** A pack made again on another machine, from a backup, is the same but for time and signature. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { emptyDatabases } from "../backup/testing.ts";
import { manifestOf } from "../evidence/testing/packs.ts";
import { verifyPack } from "../evidence/verify.mjs";
import { unpacked } from "../files/testing.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { sampleCompany } from "../sample/company.ts";
import { runRollcall } from "./testing.ts";

const END = Date.parse("2026-06-30T12:00:00Z");

describe("a pack", { timeout: 240_000 }, () => {
  const database = testDatabase();
  const empty = emptyDatabases();
  const folder = mkdtemp(join(tmpdir(), "rollcall-again-"));
  afterAll(async () => rm(await folder, { recursive: true, force: true }));

  /** Runs a command on a machine: its database, its home, its time zone and its language. */
  const on =
    (env: Record<string, string>) =>
    async (args: readonly string[], input = ""): Promise<string> => {
      const { code, out, err } = await runRollcall(args, { env, input });
      expect(code, err).toBe(0);
      return out;
    };

  it("of the same scope and asOf is the same file for file on another machine", async () => {
    const at = await folder;
    const passphrase = { ROLLCALL_BACKUP_PASSPHRASE: "correct horse battery staple" };
    const here = on({
      DATABASE_URL: database.url,
      ROLLCALL_HOME: join(at, "here"),
      TZ: "UTC",
      ...passphrase,
    });
    for (const file of sampleCompany({ seed: 11, end: END, scale: 0.02 }).files)
      await here(
        ["ingest", "-", "--source", file.source, "--format", file.format],
        [...file.chunks()].join(""),
      );
    const asOf = ["--as-of", "2026-06-30T12:00:00Z"];
    // An earlier pack: the next one proves that it continues it.
    await here(["evidence", "export", "-o", join(at, "earlier.zip"), ...asOf]);
    await here(["ingest", "-", "--source", "more", "--format", "auto"], '{"uuid":"no record"}\n');
    await here(["evidence", "export", "-o", join(at, "here.zip"), ...asOf]);
    await here(["backup", "-o", join(at, "backup.zip"), "--with-secrets"]);

    const there = on({
      DATABASE_URL: await empty(),
      ROLLCALL_HOME: join(at, "there"),
      TZ: "Pacific/Auckland",
      LC_ALL: "tr_TR.UTF-8",
      ...passphrase,
    });
    await there(["restore", join(at, "backup.zip"), "--with-secrets", "--yes"]);
    await there(["evidence", "export", "-o", join(at, "there.zip"), ...asOf]);

    const [one, other] = await Promise.all(
      ["here.zip", "there.zip"].map(async (name) => unpacked(await readFile(join(at, name)))),
    );
    if (!one || !other) throw new Error("no packs");
    expect([...other.keys()]).toEqual([...one.keys()]);
    const manifests = [one, other].map((files) => ({ ...manifestOf(files), createdAt: "" }));
    expect(manifests[1]).toEqual(manifests[0]);
    for (const [path, content] of one)
      if (!["manifest.json", "manifest.sig"].includes(path))
        expect(other.get(path)?.equals(content), path).toBe(true);
    // The backup's key signs there too: whoever knows it can check either, against the other.
    const [, key = ""] = one.get("log/keys.txt")?.toString().split("\n") ?? [];
    const result = await verifyPack(join(at, "there.zip"), { keys: [key], against: join(at, "here.zip") });
    expect(result.problems).toEqual([]);
    expect(result.checks.filter(({ holds }) => holds).map(({ name }) => name)).toContain("Earlier pack");
  });
});
