/** What every command needs: the database of this home, migrated, and given back at the end. */
import { connect, type Db, DEFAULT_WORKSPACE } from "../../db/client.ts";
import { workspaceExists } from "../../db/queries/workspace.ts";
import { prepareDatabase } from "../runtime/access.ts";
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

/** Runs `work` as the application, in the workspace that ROLLCALL_WORKSPACE names; where a server of this home runs, beside it. */
export function withDatabase<T>(work: (db: Db, workspace: string) => Promise<T>): Promise<T> {
  const workspace = process.env.ROLLCALL_WORKSPACE || DEFAULT_WORKSPACE;
  return withOwner(async (url) => {
    const db = connect(await prepareDatabase(homeFromEnv(), url), { workspace }, 4);
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
