/** The one connection pool of a web process. */
import { connect, type Db } from "../../db/client.ts";

// Next compiles each route apart: the pool hangs on the process, so that all of them share it.
const holder = globalThis as { rollcallDb?: Db; rollcallDbClosed?: boolean };

/** @throws when DATABASE_URL is not set: the launcher sets it before the server starts. And once the pool has ended. */
export function webDb(): Db {
  // Work that was cut off may still ask for it; a new pool would keep the process from ending.
  if (holder.rollcallDbClosed) throw new Error("Rollcall is being stopped.");
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set. Start Rollcall with npm start.");
  holder.rollcallDb ??= connect(url);
  return holder.rollcallDb;
}

/** Ends the pool, for good. */
export async function closeWebDb(): Promise<void> {
  holder.rollcallDbClosed = true;
  await holder.rollcallDb?.close();
}
