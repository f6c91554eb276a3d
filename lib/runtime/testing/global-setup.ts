/** One PostgreSQL for the whole run, with a migrated database that each test file copies; and the command line as one script. */
import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { migrate } from "../../../db/migrate.ts";
import { bundle } from "../../cli/bundle.mjs";
import { createDatabase, dropDatabase } from "../database.ts";
import { homeAt, PROJECT_ROOT } from "../home.ts";
import { openPostgres } from "../postgres.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** A database of the test server to connect to while others are made. */
    serverUrl: string;
    /** The migrated database to copy. */
    templateName: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "rollcall-test-"));
  const home = homeAt(join(folder, "home"));
  // What tests sign with lies there too, and not in the home of whoever runs them.
  process.env.ROLLCALL_HOME = home.root;
  const server = await openPostgres(home, () => {});
  if (!process.env.DATABASE_URL) await forgetOnCrash(server.url);
  const templateName = `rollcall_template_${process.pid}`;
  await migrate(await createDatabase(server.url, templateName));
  // Beside the packages, so that they are found.
  const script = join(PROJECT_ROOT, "node_modules", `.rollcall-tests-${randomUUID()}.mjs`);
  await writeFile(script, await bundle(join(PROJECT_ROOT, "lib", "cli", "main.ts")));
  process.env.ROLLCALL_TEST_SCRIPT = script;
  project.provide("serverUrl", server.url);
  project.provide("templateName", templateName);
  return async () => {
    await dropDatabase(server.url, templateName);
    await server.release();
    await rm(script, { force: true });
    await rm(folder, { recursive: true, force: true });
  };
}

/** Nothing of a test run has to survive a crash of the machine. */
async function forgetOnCrash(url: string): Promise<void> {
  const sql = postgres(url, { max: 1 });
  await sql`alter system set fsync = off`;
  await sql`alter system set full_page_writes = off`;
  await sql`select pg_reload_conf()`;
  await sql.end();
}
