/** A migrated, empty database for one test file or one group of tests. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, inject } from "vitest";
import { connect, type Db } from "../../../db/client.ts";
import { createDatabase, dropDatabase } from "../database.ts";

export interface TestDatabase {
  /** For processes that the test starts. Before the tests run, reading it throws. */
  readonly url: string;
  readonly db: Db;
}

/** Call it at the top of a file or of a `describe`: made before those tests, dropped after them. */
export function testDatabase(): TestDatabase {
  const serverUrl = inject("serverUrl");
  const name = `rollcall_test_${randomUUID().replaceAll("-", "")}`;
  let made: { url: string; db: Db } | null = null;
  const use = () => {
    if (made) return made;
    throw new Error("The test database is there inside tests and hooks only.");
  };
  beforeAll(async () => {
    const url = await createDatabase(serverUrl, name, inject("templateName"));
    made = { url, db: connect(url, 4) };
  });
  afterAll(async () => {
    await made?.db.close();
    await dropDatabase(serverUrl, name);
  });
  return {
    get url() {
      return use().url;
    },
    get db() {
      return use().db;
    },
  };
}
