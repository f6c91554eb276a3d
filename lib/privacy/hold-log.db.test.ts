import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { oktaLog } from "../bench/okta-log.ts";
import { holdLog } from "./hold-log.ts";
import { bring, privacyDatabase, WORKSPACE } from "./testing.ts";

const log = (seed: number) => [...oktaLog(20, seed)].map(String);

describe("a log that is held", () => {
  const privacy = privacyDatabase();

  it("takes nothing in until that is over, also of a source that nobody knew", async () => {
    const { database, around } = privacy;
    await bring(database.db, "known", "okta", log(1));
    const ended: string[] = [];
    const came = await around.db.sql.begin(async (sql) => {
      await holdLog(sql, WORKSPACE);
      const all = ["known", "unknown"].map(async (source) => {
        await bring(database.db, source, "okta", log(2));
        ended.push(source);
      });
      // Until both wait for it.
      for (;;) {
        const [row] = await database.owner.sql<{ waiting: number }[]>`
          select count(*)::int waiting from pg_locks l join pg_database d on d.oid = l.database and d.datname = current_database()
          where l.locktype = 'advisory' and not l.granted`;
        if (row?.waiting === 2) break;
        expect(ended).toEqual([]);
        await sleep(20);
      }
      return all;
    });
    await Promise.all(came);
    expect(ended.sort()).toEqual(["known", "unknown"]);
  });
});
