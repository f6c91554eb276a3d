/** Real records by others, where they are at hand: nothing of them may get lost. */
import { createReadStream, existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { commandLine } from "../auth/caller.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { ingest } from "./ingest.ts";

const SAMPLES = fileURLToPath(new URL("../../../shared/samples/", import.meta.url));
const there = existsSync(SAMPLES);

describe.skipIf(!there)(`real records (skipped where the folder of samples is missing)`, () => {
  const database = testDatabase();
  const files = there
    ? readdirSync(SAMPLES, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => `${entry.parentPath}/${entry.name}`)
        .sort()
    : [];

  it.each(files.map((file) => [file.slice(SAMPLES.length), file]))(
    "%s: nothing is lost",
    async (_name, file) => {
      const load = () =>
        ingest(database.db, "main", commandLine(), {
          chunks: createReadStream(file),
          file,
          bytesTotal: null,
        });
      const first = await load();
      expect(first.records).toBeGreaterThan(0);
      expect(first.accepted + first.duplicates + first.rejected).toBe(first.records);
      expect(await load()).toMatchObject({ records: first.records, accepted: 0, rejected: first.rejected });
    },
  );

  it("reads every record of the formats it knows", async () => {
    // One page holds nothing but an empty object.
    const known = files.filter(
      (file) =>
        !file.endsWith("list_event.json") && /\/(okta|entra|workos)\/[^/]*\.(json|ndjson)$/u.test(file),
    );
    for (const file of known) {
      const result = await ingest(database.db, "main", commandLine(), {
        chunks: createReadStream(file),
        file,
        bytesTotal: null,
      });
      expect([file, result.rejected]).toEqual([file, 0]);
    }
  });
});
