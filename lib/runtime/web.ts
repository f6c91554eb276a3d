/** The one connection pool of a web process. */
import { connect, type Db } from "../../db/client.ts";

// Next compiles each route apart: the pool hangs on the process, so that all of them share it.
const holder = globalThis as { rollcallDb?: Db };

/** @throws when DATABASE_URL is not set: the launcher sets it before the server starts. */
export function webDb(): Db {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set. Start Rollcall with npm start.");
  holder.rollcallDb ??= connect(url);
  return holder.rollcallDb;
}

/** Ends the pool, when there is one. */
export async function closeWebDb(): Promise<void> {
  await holder.rollcallDb?.close();
  delete holder.rollcallDb;
}
