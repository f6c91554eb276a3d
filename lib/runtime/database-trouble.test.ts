import { DrizzleQueryError } from "drizzle-orm/errors";
import postgres from "postgres";
import { describe, expect, inject, it } from "vitest";
import { databaseTrouble } from "./database-trouble.ts";

const failureOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => new Error("It went well."),
    (error: unknown) => error,
  );

describe("trouble of the database", () => {
  it("is told where nothing listens, also behind another error", async () => {
    const sql = postgres("postgres://nobody:x@127.0.0.1:1/none", { max: 1, connect_timeout: 2 });
    const error = await failureOf(sql`select 1`);
    await sql.end({ timeout: 0 });
    expect(databaseTrouble(error)).toMatchObject({ code: "unavailable" });
    expect(databaseTrouble(new DrizzleQueryError("select 1", [], error as Error))).toMatchObject({
      code: "unavailable",
    });
  });

  it("is told where a connection is ended, where a table is held, and where the disk is full", async () => {
    const sql = postgres(inject("serverUrl"), { max: 1, onnotice: () => {} });
    const other = postgres(inject("serverUrl"), { max: 1, onnotice: () => {} });
    const raised = (code: string) =>
      failureOf(sql.unsafe(`do $$ begin raise exception 'x' using errcode = '${code}'; end $$`));
    expect(databaseTrouble(await raised("53100"))).toMatchObject({ code: "disk_full" });
    expect(databaseTrouble(await raised("53300"))).toMatchObject({ code: "busy" });
    await other`select pg_advisory_lock(77)`;
    await sql`set lock_timeout = '50ms'`;
    expect(databaseTrouble(await failureOf(sql`select pg_advisory_lock(77)`))).toMatchObject({
      code: "busy",
    });
    const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() pid`;
    const waiting = failureOf(sql`select pg_sleep(60)`);
    await other`select pg_terminate_backend(${row?.pid ?? 0})`;
    expect(databaseTrouble(await waiting)).toMatchObject({ code: "unavailable" });
    // The driver waits for a question whose connection went away.
    await Promise.all([sql.end({ timeout: 0 }), other.end()]);
  });

  it("is nothing else", () => {
    expect(databaseTrouble(new Error("no"))).toBeNull();
    expect(databaseTrouble(null)).toBeNull();
    expect(databaseTrouble(Object.assign(new Error("there already"), { code: "23505" }))).toBeNull();
  });
});
