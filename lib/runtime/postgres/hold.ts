/**
 * Who uses the shared server. A user holds a shared advisory lock on a connection of its own: when it dies, however it
 * dies, PostgreSQL lets the lock go, so no list of users can go stale. Who stops the server holds the lock alone.
 */
import postgres from "postgres";
import { codeOf, RuntimeProblem } from "../problem.ts";

/** Any number that nothing else of ours uses in the database `postgres`. */
const USERS = 7_655_201;

/** Short: until the lock is taken again, another user who leaves would stop the server. */
const RETAKE_MS = 200;

export interface Hold {
  /** True when nobody else uses the server; then nobody else can begin to until `end`. */
  leaveAsLast(): Promise<boolean>;
  end(): Promise<void>;
}

/**
 * Joins the users of the server at `url`.
 * @returns null when the server is just starting or stopping.
 * @throws RuntimeProblem when it refuses the password.
 */
export async function join(url: string): Promise<Hold | null> {
  let joined = false;
  let locked = false;
  const take = async () => {
    await sql`select pg_advisory_lock_shared(${USERS})`;
    locked = true;
  };
  const retake = () => {
    locked = false;
    // A crash inside PostgreSQL ends every connection; the server comes back by itself.
    if (joined) setTimeout(() => take().catch(retake), RETAKE_MS).unref();
  };
  const sql = postgres(url, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: 10,
    onnotice: () => {},
    onclose: retake,
    connection: { application_name: "rollcall user" },
  });
  const end = async () => {
    joined = false;
    await sql.end({ timeout: 1 }).catch(() => {});
  };
  try {
    await take();
    joined = true;
  } catch (error) {
    await end();
    if (codeOf(error) !== "28P01") return null;
    throw new RuntimeProblem(
      "secrets-unusable",
      "The database refuses the password in secrets.json. Restore the file that belongs to the data folder beside it.",
    );
  }
  return {
    async leaveAsLast() {
      joined = false;
      if (!locked) return false;
      await sql`select pg_advisory_unlock_shared(${USERS})`;
      const [row] = await sql<{ last: boolean }[]>`select pg_try_advisory_lock(${USERS}) as last`;
      return row?.last === true;
    },
    end,
  };
}
