/** A few records more: only whom they can touch is linked again, and all stand for whom they would if everybody were. */
import { describe, expect, it } from "vitest";
import type { Db } from "../../db/client.ts";
import { markLinksChanged } from "../../db/log/dirty.ts";
import { readFactsNear } from "../../db/log/read-facts.ts";
import { readHoldings } from "../../db/queries/links.ts";
import { commandLine } from "../auth/caller.ts";
import { oktaLog } from "../bench/okta-log.ts";
import { differences } from "../reports/check.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { ingest } from "./ingest.ts";
import { refresh } from "./refresh.ts";
import { relink, relinkNear } from "./relink.ts";

const WORKSPACE = "main";
const LINES = Buffer.concat([...oktaLog(4_000, 11)])
  .toString()
  .trimEnd()
  .split("\n");

const load = (db: Db, lines: readonly string[]) =>
  ingest(db, WORKSPACE, commandLine(), {
    chunks: (async function* () {
      yield Buffer.from(lines.join("\n"));
    })(),
    file: null,
    bytesTotal: null,
    source: "okta",
  });

describe("a few records more", { timeout: 120_000 }, () => {
  const database = testDatabase();

  it("are told by the refs of which they say something new", async () => {
    const { db } = database;
    await load(db, LINES.slice(0, 3_000));
    for (let at = 3_000; at < LINES.length; at += 100) {
      await load(db, LINES.slice(at, at + 100));
      const near = await readHoldings(db.sql, WORKSPACE);
      await markLinksChanged(db.sql, WORKSPACE);
      await refresh(db, WORKSPACE);
      expect(near, `after ${at} records`).toEqual(await readHoldings(db.sql, WORKSPACE));
    }
    expect(await differences(db, WORKSPACE)).toEqual([]);
  });

  it("touch their neighbours alone", async () => {
    const { db } = database;
    const all = await readHoldings(db.sql, WORKSPACE);
    const person = all.find(({ ref }) => ref.startsWith("p:"))?.ref ?? "";
    const touched = await relinkNear(db.sql, WORKSPACE, [person]);
    const own = all.filter(({ subject }) => subject === person).map(({ ref }) => ref);
    expect(own.length).toBeGreaterThan(3);
    expect(touched?.map(({ ref }) => ref).sort()).toEqual(own.sort());
    expect(touched?.filter(({ changed }) => changed)).toEqual([]);
  });

  it("are linked also when a version before has taken what else waited", async () => {
    const { db, owner } = database;
    const before = await readHoldings(db.sql, WORKSPACE);
    const account = before.find(({ ref, rule }) => ref.startsWith("x:") && rule === "account")?.ref ?? "";
    await owner.sql`update subject_refs set subject = 'x:nobody:a' where ref = ${account}`;
    await db.sql`insert into dirty_facts (workspace_id, ref) values (${WORKSPACE}, ${account})`;
    expect(await refresh(db, WORKSPACE)).toBeGreaterThan(0);
    expect(await readHoldings(db.sql, WORKSPACE)).toEqual(before);
    expect(await differences(db, WORKSPACE)).toEqual([]);
  });

  it("show another workspace and a customer's connection nothing", async () => {
    const { db } = database;
    const [row] = await db.sql<{ ref: string; saying: string }[]>`
      select ref, key saying from link_facts, jsonb_object_keys(facts) key where key like 'name %' limit 1`;
    const { ref = "", saying = "" } = row ?? {};
    const found = async (own: Db) => (await readFactsNear(own.sql, [saying], [], 10))?.map((one) => one.ref);
    expect(await found(db)).toContain(ref);
    expect(await found(await database.in({ workspace: "other" }))).toEqual([]);
    expect(await found(await database.in({ workspace: WORKSPACE, customer: "Larkspur" }))).toEqual([]);
  });

  it("are more than are wanted", async () => {
    expect(await readFactsNear(database.db.sql, ["seen "], [], 10)).toBeNull();
  });

  it("are looked up by index", async () => {
    const { sql } = database.owner;
    const [{ body = "" } = {}] = await sql<{ body: string }[]>`
      select prosrc body from pg_proc where proname = 'refs_near'`;
    const queries = body.match(/SELECT l\.ref[\s\S]+?LIMIT most/gu) ?? [];
    // Fewer rows are read faster than an index.
    await sql`
      insert into link_facts (workspace_id, ref, facts)
      select 'main', 'p:okta:' || md5('r' || i), jsonb_build_object('seen ', 1, 'name ' || md5('x' || i), i)
      from generate_series(1, 10000) i`;
    await sql`analyze link_facts`;
    const plans = await sql.begin(async (inner) => {
      await inner`set local enable_seqscan = off`;
      await inner`set local enable_indexscan = off`;
      const found: string[] = [];
      for (const query of queries) {
        const asked = query
          .replace("own", "'main'")
          .replace("sayings", "array['name a']")
          .replace("ANY (ends)", "any(array['a', 'b'])")
          .replace("most", "10");
        const rows = await inner.unsafe(`explain ${asked}`);
        found.push(rows.map((one) => String(one["QUERY PLAN"])).join("\n"));
      }
      return found;
    });
    expect(plans).toEqual([
      expect.stringContaining("Bitmap Index Scan on link_facts_by_saying"),
      expect.stringMatching(/Bitmap Index Scan on link_facts_by_end[\s\S]+Index Cond: .*substr/u),
    ]);
  });
});

describe("everybody linked at once", { timeout: 120_000 }, () => {
  const database = testDatabase();

  it("has all that stands for somebody side by side", async () => {
    const { db, owner } = database;
    // More than are linked in one part.
    await owner.sql`
      insert into link_facts (workspace_id, ref, facts)
      select ${WORKSPACE}, case when a = 0 then 'p:okta:' || md5('u' || i) else 'x:app ' || a || ':' || md5(a || ' ' || i) end,
        jsonb_build_object('seen ', 1, 'person p:okta:' || md5('u' || i), 1) - case when a = 0 then 'person p:okta:' || md5('u' || i) else '' end
      from generate_series(1, 4000) i, generate_series(0, 9) a`;
    await db.sql.begin(async (sql) => {
      for await (const _ of relink(sql, WORKSPACE));
    });
    const [row] = await owner.sql<{ subjects: number; refs: number; pages: number }[]>`
      select count(*)::int subjects, sum(refs)::int refs, avg(pages)::float8 pages from (
        select count(*) refs, count(distinct split_part(ctid::text, ',', 1)) pages
        from subject_refs where workspace_id = ${WORKSPACE} group by subject) s`;
    expect(row).toMatchObject({ subjects: 4_000, refs: 40_000 });
    expect(row?.pages).toBeLessThan(1.5);
  });
});
