/** What only one process at a time does. */
import type { Db } from "../../db/client.ts";

/**
 * Runs `work`, unless another process runs one of the same name on this database. Nothing is left behind by a process that
 * dies: the lock goes with its connection, of which the pool needs a second one for the work.
 * @returns null when another one is at it.
 */
export async function alone<T>(db: Db, name: string, work: () => Promise<T>): Promise<T | null> {
  const held = await db.sql.reserve();
  try {
    const [row] = await held<
      { mine: boolean }[]
    >`select pg_try_advisory_lock(hashtextextended(${name}, 0)) mine`;
    if (row?.mine !== true) return null;
    try {
      return await work();
    } finally {
      await held`select pg_advisory_unlock(hashtextextended(${name}, 0))`;
    }
  } finally {
    held.release();
  }
}
