/** Databases of benchmarks, made and taken away again, and the plain COPY that everything is held against. */
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import {
  type Access,
  connect,
  connectAsOwner,
  type Db,
  DEFAULT_WORKSPACE,
  type SqlSession,
} from "../../db/client.ts";
import { prepareDatabase } from "../runtime/access.ts";
import { createDatabase, dropDatabase } from "../runtime/database.ts";
import type { OwnPostgres } from "../runtime/own-postgres.ts";
import { secondsOf } from "./measure.ts";

export type Say = (text: string) => void;

/** A database of the benchmark: as the application and as its owner see it, its owner's address, and how the application comes in. */
export interface BenchDatabase {
  db: Db;
  owner: Db;
  url: string;
  access: Access;
}

export async function inDatabase<T>(
  { url: server, home }: OwnPostgres,
  name: string,
  work: (database: BenchDatabase) => Promise<T>,
): Promise<T> {
  const url = await createDatabase(server, name);
  const access = await prepareDatabase(home, url);
  const db = connect(access, { workspace: DEFAULT_WORKSPACE }, 4);
  const owner = connectAsOwner(url);
  try {
    return await work({ db, owner, url, access });
  } finally {
    await Promise.all([db.close(), owner.close()]);
    await dropDatabase(server, name);
  }
}

/**
 * What everybody would do first: each line as it is into a column of the database's own JSON.
 * @param work with the table `plain_lines`, when it is full.
 */
export const copyJsonb = <T>(
  own: OwnPostgres,
  file: string,
  work: (sql: SqlSession) => Promise<T>,
): Promise<{ seconds: number; result: T }> =>
  inDatabase(own, "bench_copy", async ({ owner: { sql } }) => {
    await sql`create table plain_lines (record jsonb)`;
    const seconds = await secondsOf(async () => {
      // A quote and a delimiter that JSON has not make of CSV one column a line.
      const stream =
        await sql`copy plain_lines from stdin with (format csv, quote e'\x01', delimiter e'\x02')`.writable();
      await pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), stream);
    });
    return { seconds, result: await work(sql) };
  });
