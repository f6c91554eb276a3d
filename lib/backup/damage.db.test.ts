/** A backup that is not what was written is refused with a sentence, before anything is touched. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_WORKSPACE } from "../../db/client.ts";
import { commandLine } from "../auth/caller.ts";
import { oktaLog } from "../bench/okta-log.ts";
import type { Sealed } from "../files/seal.ts";
import { packed as packedAs, unpacked } from "../files/testing.ts";
import { ingest } from "../ingest/ingest.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { inFolder } from "../runtime/testing/folder.ts";
import { MANIFEST, type Manifest } from "./manifest.ts";
import { restore } from "./restore.ts";
import { contentOf, emptyDatabases } from "./testing.ts";
import { backUp } from "./write.ts";

const packed = (files: Map<string, Buffer>, what: Sealed = "backup") => packedAs(files, what);

describe("restore", { timeout: 120_000 }, () => {
  const source = testDatabase();
  const empty = emptyDatabases();
  let whole: Buffer = Buffer.alloc(0);
  let url = "";

  beforeAll(async () => {
    async function* log() {
      for (const chunk of oktaLog(300, 1)) yield Buffer.from(chunk);
    }
    const input = { chunks: log(), file: null, bytesTotal: null, source: "okta" };
    await ingest(source.db, DEFAULT_WORKSPACE, commandLine(), input);
    whole = await inFolder(async (folder) => {
      const file = join(folder, "backup.zip");
      await backUp(source.url, file);
      return readFile(file);
    });
    url = await empty();
  });

  /** What restoring these bytes says; the database stays empty. */
  const refusal = (bytes: Uint8Array): Promise<string> =>
    inFolder(async (folder) => {
      const file = join(folder, "b.zip");
      await writeFile(file, bytes);
      const error: unknown = await restore(url, file).then(
        () => "restored",
        (reason: unknown) => reason,
      );
      expect(error).toMatchObject({ name: "BackupProblem" });
      expect(await contentOf(url)).toEqual({});
      return (error as Error).message.replaceAll(folder, "");
    });

  /** The backup with another manifest, its seal in order. */
  async function withManifest(change: (manifest: Manifest) => unknown): Promise<Buffer> {
    const files = await unpacked(whole);
    const manifest = JSON.parse(files.get(MANIFEST)?.toString() ?? "") as Manifest;
    files.set(MANIFEST, Buffer.from(JSON.stringify(change(manifest))));
    return packed(files);
  }

  it("refuses a backup cut off anywhere", async () => {
    for (const share of [0, 0.1, 0.5, 0.9, 0.999])
      expect(await refusal(whole.subarray(0, whole.length * share))).toMatch(/^\/b\.zip is damaged: .*\.$/u);
    expect(await refusal(whole.subarray(0, whole.length - 1))).toMatch(/is damaged/u);
  });

  it("refuses a backup of which any byte differs", async () => {
    const bytes = fc.record({ at: fc.nat(whole.length - 1), by: fc.integer({ min: 1, max: 255 }) });
    await fc.assert(
      fc.asyncProperty(bytes, async ({ at, by }) => {
        const changed = Buffer.from(whole);
        changed[at] = (changed[at] ?? 0) ^ by;
        expect(await refusal(changed)).toMatch(/is damaged|is no backup of Rollcall/u);
      }),
      { numRuns: 60 },
    );
  });

  it("says what a file is that is no backup", async () => {
    expect(await refusal(Buffer.from("hello"))).toContain("it is no zip that can be read to its end");
    const files = await unpacked(whole);
    expect(await refusal(await packed(files, "evidence"))).toContain("doesn't end in the seal");
    files.delete(MANIFEST);
    expect(await refusal(await packed(files))).toContain("no backup of Rollcall: it has no manifest.json");
    expect(await refusal(await withManifest(() => ({ product: "Rollcall" })))).toContain("another's");
    await expect(restore(url, "/nowhere/b.zip")).rejects.toThrow("there is no such file");
  });

  it("says which version a newer backup needs", async () => {
    const format = await withManifest((manifest) => ({
      ...manifest,
      formatVersion: 2,
      rollcallVersion: "9.1.0",
    }));
    expect(await refusal(format)).toContain("made by Rollcall 9.1.0 in a newer format (2)");
    const tables = await withManifest((manifest) => ({
      ...manifest,
      rollcallVersion: "9.1.0",
      migrations: [...manifest.migrations, { tag: "0099_later", when: 9_999_999_999_999, hash: "" }],
    }));
    expect(await refusal(tables)).toContain(
      "made by Rollcall 9.1.0 and has tables that this version doesn't know (0099_later)",
    );
  });

  it("refuses what somebody has put together differently", async () => {
    const files = await unpacked(whole);
    files.set("tables/more.copy", Buffer.from("more"));
    expect(await refusal(await packed(files))).toContain(
      "a file tables/more.copy that its manifest does not name",
    );
    files.delete("tables/more.copy");
    files.delete("tables/records.copy");
    expect(await refusal(await packed(files))).toContain("tables/records.copy is missing");
    const rows = await withManifest((manifest) => ({
      ...manifest,
      tables: manifest.tables.map((table) => (table.name === "records" ? { ...table, rows: 7 } : table)),
    }));
    expect(await refusal(rows)).toContain("table records gave 300 rows and should have 7");
    const columns = await withManifest((manifest) => ({
      ...manifest,
      tables: manifest.tables.map((table) =>
        table.name === "records" ? { ...table, columns: table.columns.slice(1) } : table,
      ),
    }));
    expect(await refusal(columns)).toContain(
      "table records is not one that the migrations of this version make",
    );
  });

  it("takes the backup as it was made", () =>
    inFolder(async (folder) => {
      const file = join(folder, "b.zip");
      await writeFile(file, whole);
      await restore(url, file);
      expect(await contentOf(url)).toEqual(await contentOf(source.url));
    }));
});
