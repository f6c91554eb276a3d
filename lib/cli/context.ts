/** What every command needs: the database of this home, migrated, and given back at the end. */
import { type Access, connect, connectAsOwner, type Db, DEFAULT_WORKSPACE } from "../../db/client.ts";
import { workspaceExists } from "../../db/queries/workspace.ts";
import { prepareDatabase } from "../runtime/access.ts";
import { homeFromEnv } from "../runtime/home.ts";
import { openPostgres } from "../runtime/postgres.ts";
import { say } from "./output.ts";

/** A command line that can't be understood; the program ends with 2. */
export class UsageProblem extends Error {
  override name = "UsageProblem";
}

/** Runs `work` with the database of this home; when a server of the same home runs, on that one's. */
async function withServer<T>(work: (url: string, access: Access) => Promise<T>): Promise<T> {
  const home = homeFromEnv();
  const server = await openPostgres(home, say);
  try {
    return await work(server.url, await prepareDatabase(home, server.url));
  } finally {
    await server.release();
  }
}

/** Runs `work` as the application, in the workspace that ROLLCALL_WORKSPACE names. */
export async function withDatabase<T>(work: (db: Db, workspace: string) => Promise<T>): Promise<T> {
  const workspace = process.env.ROLLCALL_WORKSPACE || DEFAULT_WORKSPACE;
  return withServer(async (_url, access) => {
    const db = connect(access, { workspace }, 4);
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

/** Runs `work` as the owner of the database: for what concerns no single workspace. */
export async function withOwner<T>(work: (owner: Db, access: Access) => Promise<T>): Promise<T> {
  return withServer(async (url, access) => {
    const owner = connectAsOwner(url, 2);
    try {
      return await work(owner, access);
    } finally {
      await owner.close();
    }
  });
}
