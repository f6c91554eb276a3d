/** What every command needs: the database of this home, migrated, and given back at the end. */
import { connect, type Db, DEFAULT_WORKSPACE } from "../../db/client.ts";
import { prepareDatabase } from "../runtime/access.ts";
import { homeFromEnv } from "../runtime/home.ts";
import { openPostgres } from "../runtime/postgres.ts";
import { say } from "./output.ts";

/** A command line that can't be understood; the program ends with 2. */
export class UsageProblem extends Error {
  override name = "UsageProblem";
}

/** Runs `work` with the address at which the owner of this home's tables connects; the server is started where none runs. */
export async function withOwner<T>(work: (url: string) => Promise<T>): Promise<T> {
  const server = await openPostgres(homeFromEnv(), say);
  try {
    return await work(server.url);
  } finally {
    await server.release();
  }
}

/** Runs `work` on the database of this home; when a server of the same home runs, on that one's. */
export function withDatabase<T>(work: (db: Db, workspace: string) => Promise<T>): Promise<T> {
  return withOwner(async (url) => {
    const access = await prepareDatabase(homeFromEnv(), url);
    const db = connect(access, { workspace: DEFAULT_WORKSPACE }, 4);
    try {
      return await work(db, DEFAULT_WORKSPACE);
    } finally {
      await db.close();
    }
  });
}
