/** A table of 300 MB: backed up and restored in little memory, and a restore that is killed in its middle. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { connectAsOwner } from "../../db/client.ts";
import { type Ended, runRollcall, startRollcall } from "../cli/testing.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { inFolder } from "../runtime/testing/folder.ts";
import { contentOf, emptyDatabases } from "./testing.ts";

const MB = 1024 * 1024;
const ROWS = 10_000;

/** Says at the end how much memory the process had at most, where the system tells (Linux). */
const TELL_PEAK = `data:text/javascript,${encodeURIComponent(`
  import { readFileSync } from "node:fs";
  process.on("exit", () => {
    try {
      console.error(/^VmHWM.*$/m.exec(readFileSync("/proc/self/status", "utf8"))[0]);
    } catch {}
  });`)}`;
const SMALL = ["--max-old-space-size=96", "--import", TELL_PEAK];

/** Far below the table, above what Node and the program take for themselves. */
function expectSmall({ err }: Ended): void {
  const peak = /VmHWM:\s*(\d+) kB/u.exec(err)?.[1];
  if (process.platform === "linux") expect(Number(peak) * 1024).toBeLessThan(260 * MB);
}

describe("a table of 300 MB", { timeout: 300_000 }, () => {
  const source = testDatabase();
  const empty = emptyDatabases();

  it("is backed up and restored in little memory; a restore killed with -9 leaves nothing", () =>
    inFolder(async (folder) => {
      await source.owner.sql`
        insert into rejected_records (workspace_id, source, sha256, bytes, record, "offset", reason, ingest)
        select 'main', 'okta', sha256(n::text::bytea), convert_to(repeat(md5(n::text), 960), 'UTF8'), n, n, 'not JSON',
          gen_random_uuid()
        from generate_series(1, ${ROWS}) n`;
      const file = join(folder, "large.zip");
      const from = { env: { DATABASE_URL: source.url, ROLLCALL_HOME: folder }, node: SMALL };
      const made = await runRollcall(["backup", "-o", file, "--json"], from);
      expect(made).toMatchObject({ code: 0 });
      expect(JSON.parse(made.out)).toMatchObject({ bytes: (await stat(file)).size });
      expectSmall(made);

      const url = await empty();
      const into = { env: { DATABASE_URL: url, ROLLCALL_HOME: folder }, node: SMALL };
      const { child, ended } = startRollcall(["restore", file], into);
      const watch = connectAsOwner(source.url);
      const name = new URL(url).pathname.slice(1);
      const copied = async () =>
        (
          await watch.sql<{ bytes: string }[]>`
            select bytes_processed as bytes from pg_stat_progress_copy where datname = ${name}`
        ).reduce((sum, { bytes }) => sum + Number(bytes), 0);
      while ((await copied()) < 30 * MB) await sleep(5);
      child.kill("SIGKILL");
      expect(await ended).toMatchObject({ code: null });
      const others = () => watch.sql`select 1 from pg_stat_activity where datname = ${name}`;
      while ((await others()).length > 0) await sleep(20);
      await watch.close();
      expect(await contentOf(url)).toEqual({});

      const restored = await runRollcall(["restore", file, "--json"], into);
      expect(restored).toMatchObject({ code: 0 });
      expectSmall(restored);
      expect(await contentOf(url)).toEqual(await contentOf(source.url));
    }));
});
