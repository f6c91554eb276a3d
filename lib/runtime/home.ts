/** Where one installation keeps its data and secrets. */
import { randomBytes, randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { codeOf, fileProblem, RuntimeProblem } from "./problem.ts";

// Not `new URL("../..", import.meta.url)`: bundlers take that for a file to be put beside the pages.
export const PROJECT_ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");

export interface Home {
  /** The folder itself, absolute. */
  root: string;
  /** PostgreSQL's data folder. */
  data: string;
  secretsFile: string;
}

const Secrets = z.object({ postgresPassword: z.string().min(16), sessionSecret: z.string().min(16) });
export type Secrets = z.infer<typeof Secrets>;

export function homeAt(folder: string): Home {
  const root = resolve(folder);
  return { root, data: join(root, "postgres"), secretsFile: join(root, "secrets.json") };
}

/** ROLLCALL_HOME, else `.rollcall` beside the code. */
export function homeFromEnv(): Home {
  return homeAt(process.env.ROLLCALL_HOME || join(PROJECT_ROOT, ".rollcall"));
}

/** Makes the folder when missing. @throws RuntimeProblem when it can't be. */
async function makeHome(home: Home): Promise<void> {
  // Others may pass through but not list: as root, PostgreSQL runs as another user and must reach its data.
  await mkdir(home.root, { recursive: true, mode: 0o711 }).catch((error: unknown) => {
    throw fileProblem(error, home.root);
  });
}

/** The secrets of this home, made at the first start. @throws RuntimeProblem when the file is unusable. */
export async function readSecrets(home: Home): Promise<Secrets> {
  await makeHome(home);
  const text = await readFile(home.secretsFile, "utf8").catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return null;
    throw new RuntimeProblem(
      "home-unreadable",
      `${home.secretsFile} can't be read (${codeOf(error)}). Start Rollcall as the user who made it, or set ROLLCALL_HOME to another folder.`,
    );
  });
  if (text === null) {
    await createSecrets(home);
    return readSecrets(home);
  }
  try {
    return Secrets.parse(JSON.parse(text));
  } catch {
    throw unusable(home, "not what Rollcall wrote");
  }
}

function unusable(home: Home, why: string): RuntimeProblem {
  return new RuntimeProblem(
    "secrets-unusable",
    `${home.secretsFile} can't be used (${why}). Restore it from a backup: the database in ${home.data} opens with it only.`,
  );
}

async function createSecrets(home: Home): Promise<void> {
  const secrets: Secrets = {
    postgresPassword: randomBytes(24).toString("base64url"),
    sessionSecret: randomBytes(32).toString("base64url"),
  };
  // Of its own for each call: two that start at once, also within one process, must not take each other's away.
  const draft = `${home.secretsFile}.${randomUUID()}`;
  try {
    await writeFile(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
    // A link never replaces: of two processes that start at once, the second finds the first one's secrets.
    await link(draft, home.secretsFile).catch((error: unknown) => {
      // Some file systems have no links.
      if (codeOf(error) !== "EEXIST") return rename(draft, home.secretsFile);
    });
  } catch (error) {
    throw fileProblem(error, home.root);
  } finally {
    await rm(draft, { force: true });
  }
}
