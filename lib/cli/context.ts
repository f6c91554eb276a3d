/** What every command needs: the database of this home, migrated, and given back at the end. */
import { type Access, connect, type Db, DEFAULT_WORKSPACE } from "../../db/client.ts";
import { workspaceExists } from "../../db/queries/workspace.ts";
import { commandLine } from "../auth/caller.ts";
import type { PrivacySurroundings } from "../privacy/surroundings.ts";
import { holdEverybody } from "../reports/editions/large.ts";
import { connectOwner, prepareDatabase } from "../runtime/access.ts";
import { homeFromEnv, readSecrets } from "../runtime/home.ts";
import { openPostgres } from "../runtime/postgres.ts";
import { say } from "./output.ts";

/** A command line that can't be understood; the program ends with 2. */
export class UsageProblem extends Error {
  override name = "UsageProblem";
}

/** Under which this installation keeps others' secrets: the same for pages and command line. */
export const installationSecretOfHome = async (): Promise<string> =>
  process.env.NEXTAUTH_SECRET || (await readSecrets(homeFromEnv())).sessionSecret;

/** Runs `work` with the address at which the owner of this home's tables connects; the server is started where none runs. */
export async function withOwner<T>(work: (url: string) => Promise<T>): Promise<T> {
  const server = await openPostgres(homeFromEnv(), say);
  try {
    return await work(server.url);
  } finally {
    await server.release();
  }
}

/** Runs `work` in the workspace that ROLLCALL_WORKSPACE names, with the connections that `open` makes for it. */
function withConnections<T>(
  open: (access: Access, url: string, workspace: string) => Db,
  work: (db: Db, workspace: string) => Promise<T>,
): Promise<T> {
  const workspace = process.env.ROLLCALL_WORKSPACE || DEFAULT_WORKSPACE;
  holdEverybody();
  return withOwner(async (url) => {
    const db = open(await prepareDatabase(homeFromEnv(), url), url, workspace);
    try {
      if (!(await workspaceExists(db, workspace))) {
        throw new UsageProblem(`ROLLCALL_WORKSPACE names "${workspace}", and there is no such workspace.`);
      }
      return await work(db, workspace);
    } finally {
      await db.close();
    }
  });
}

/** Runs `work` as the application, in the workspace that ROLLCALL_WORKSPACE names; where a server of this home runs, beside it. */
export const withDatabase = <T>(work: (db: Db, workspace: string) => Promise<T>): Promise<T> =>
  withConnections((access, _url, workspace) => connect(access, { workspace }, 4), work);

/** The same as the database's owner, for what changes the log itself. */
export const withPrivacy = <T>(work: (around: PrivacySurroundings) => Promise<T>): Promise<T> =>
  withConnections(
    (access, url, workspace) => connectOwner(url, access, { workspace }),
    (db, workspace) => work({ db, workspace, by: commandLine(), home: homeFromEnv() }),
  );
