/** Other programs take every connection that PostgreSQL has, also those that Rollcall had. */
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import type { Fault } from "./fault.ts";

/** Attempts to connect at once. */
const AT_ONCE = 5;

export const connectionsExhausted: Fault = {
  name: "no connection left",
  what: "other programs take every connection of PostgreSQL's, also those that Rollcall had",
  isFelt: true,
  async befall({ at, seconds }) {
    const owner = at.owner();
    const taken: postgres.Sql[] = [];
    const take = async () => {
      const sql = postgres(at.url, { max: 1, onnotice: () => {}, connection: { application_name: "other" } });
      taken.push(sql);
      await sql`select 1`.catch(() => {});
    };
    const end = performance.now() + seconds * 1000;
    try {
      // Whoever comes first has it: what Rollcall gets back is taken away again.
      while (performance.now() < end) {
        await owner.sql`
          select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and application_name = 'rollcall' and pid <> pg_backend_pid()`;
        await Promise.all(Array.from({ length: AT_ONCE }, take));
        await sleep(50);
      }
    } finally {
      await Promise.all(taken.map((sql) => sql.end({ timeout: 0 })));
    }
    return [];
  },
};
