/** Databases to restore into, and what is in them. */
import { randomUUID } from "node:crypto";
import { afterAll, inject } from "vitest";
import { readTables } from "../../db/catalog.ts";
import { connectAsOwner } from "../../db/client.ts";
import { createDatabase, dropDatabase } from "../runtime/database.ts";
import { backedUp } from "./tables.ts";

/** Makes databases without tables, which nobody is connected to; dropped after the tests of the file or the `describe`. */
export function emptyDatabases(): () => Promise<string> {
  const serverUrl = inject("serverUrl");
  const names: string[] = [];
  afterAll(async () => {
    for (const name of names) await dropDatabase(serverUrl, name);
  });
  return async () => {
    const name = `rollcall_test_${randomUUID().replaceAll("-", "")}`;
    names.push(name);
    return createDatabase(serverUrl, name);
  };
}

/** Each table of a database that a backup has: its rows in one hash that knows no order, but for transactions' numbers. */
export async function contentOf(url: string): Promise<Record<string, string>> {
  const db = connectAsOwner(url);
  try {
    const content: Record<string, string> = {};
    for (const { name, target } of (await readTables(db.sql)).filter(backedUp)) {
      const [row] = await db.sql.unsafe<{ hash: string }[]>(
        `select count(*) || ' ' || coalesce(md5(string_agg(hash, '' order by hash)), '') as hash
         from (select md5((to_jsonb(t) - 'tx')::text) as hash from ${target} t) rows`,
      );
      content[name] = row?.hash ?? "";
    }
    return content;
  } finally {
    await db.close();
  }
}
