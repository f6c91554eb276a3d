/**
 * What the driver (postgres.js 3.4.9) does when a query breaks off and when a connection is ended: as `patches/` mends it, until a
 * version that does so itself (porsager/postgres 1119, 1215, 1223).
 */
import { Socket } from "node:net";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { testDatabase } from "./testing/database.ts";

describe("the driver", () => {
  const database = testDatabase();
  let sql: postgres.Sql;

  beforeEach(async () => {
    sql = postgres(database.url, { max: 1, onnotice: () => {}, backoff: () => 0.05 });
    await sql`create table if not exists kept (value int)`;
    await sql`truncate kept`;
  });
  afterEach(() => sql.end({ timeout: 5 }));

  const pidOf = async (of: postgres.ISql) => {
    const [row] = await of<{ pid: number }[]>`select pg_backend_pid() as pid`;
    return row?.pid ?? 0;
  };
  const end = (pid: number) => database.owner.sql`select pg_terminate_backend(${pid}, 5000)`;

  it("gives the next query its own rows after one that broke off in its midst", async () => {
    const breaking = sql`select 10 / (3 - n) as value from generate_series(1, 5) n`;
    await expect(breaking).rejects.toMatchObject({ code: "22012" });
    expect(await sql`select n from generate_series(1, 4) n`).toEqual([1, 2, 3, 4].map((n) => ({ n })));
    expect((await sql`select 7 as value`)[0]).toEqual({ value: 7 });
  });

  it("gives the first query of a new connection nothing of the one before", async () => {
    const pid = await pidOf(sql);
    const asked = sql`select n, pg_sleep(case n when 3 then 30 else 0 end) from generate_series(1, 5) n`;
    const behind = sql`select 5 as value`;
    const told = Promise.allSettled([asked, behind]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await end(pid);
    expect((await told).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    for (let i = 0; i < 3; i++) expect(await sql`select ${i}::int as value`).toEqual([{ value: i }]);
  });

  it("lets nothing of a transaction go on upon the connection that comes after its own", async () => {
    let later: PromiseSettledResult<unknown>[] = [];
    let goOn = () => {};
    const replaced = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let begun = (_pid: number) => {};
    const pid = new Promise<number>((resolve) => {
      begun = resolve;
    });
    let left = () => {};
    const over = new Promise<void>((resolve) => {
      left = resolve;
    });
    const cut = sql.begin(async (inner) => {
      await inner`insert into kept values (1)`;
      begun(await pidOf(inner));
      await replaced;
      later = await Promise.allSettled([
        inner`insert into kept values (2)`,
        inner.savepoint((deeper) => deeper`insert into kept values (3)`),
      ]);
      left();
    });
    const said = expect(cut).rejects.toMatchObject({ code: "CONNECTION_CLOSED" });
    await end(await pid);
    await said;
    // Another has the connection that comes after, and is in the midst of its own transaction.
    await expect(
      sql.begin(async (other) => {
        await other`insert into kept values (10)`;
        goOn();
        await over;
        await new Promise((resolve) => setTimeout(resolve, 50));
        expect(await other`select value from kept`).toEqual([{ value: 10 }]);
        throw new Error("taken back");
      }),
    ).rejects.toThrow("taken back");
    expect(later.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(await sql`select value from kept`).toEqual([]);
  });

  it("asks upon the connection that was used last, which has planned what is asked again and again", async () => {
    const several = postgres(database.url, { max: 3, onnotice: () => {} });
    try {
      const pid = async (seconds: number) =>
        (await several<{ pid: number }[]>`select pg_backend_pid() as pid, pg_sleep(${seconds})`)[0]?.pid;
      expect(new Set(await Promise.all([pid(0.3), pid(0.2), pid(0.1)])).size).toBe(3);
      const next = [];
      for (let i = 0; i < 5; i++) next.push(await pid(0));
      expect(new Set(next).size).toBe(1);
    } finally {
      await several.end();
    }
  });

  it("sends what is written in parts at once, without waiting until the first part is acknowledged", async () => {
    const set = vi.spyOn(Socket.prototype, "setNoDelay");
    const another = postgres(database.url, { max: 1 });
    try {
      await another`select 1`;
      expect(set.mock.calls).toEqual([[true]]);
    } finally {
      set.mockRestore();
      await another.end();
    }
  });
});
