/** A migrated, empty database for one test file or one group of tests. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, inject } from "vitest";
import { openAccess } from "../../../db/access.ts";
import {
  type Access,
  connect,
  connectAsOwner,
  type Db,
  DEFAULT_WORKSPACE,
  type Scope,
} from "../../../db/client.ts";
import { createDatabase, dropDatabase } from "../database.ts";

/** The role's secret, the same for all: PostgreSQL's roles are of the server, not of one database. */
const SECRET = "secret of the tests";

export interface TestDatabase {
  /** Of its owner, for processes that the test starts. Before the tests run, reading it throws. */
  readonly url: string;
  /** How the application comes in. */
  readonly access: Access;
  /** As the application, in the default workspace. */
  readonly db: Db;
  /** As the owner, whom nothing is kept from. */
  readonly owner: Db;
  /** As the application in any scope; the workspace is made. */
  in(scope: Scope): Promise<Db>;
}

/** Call it at the top of a file or of a `describe`: made before those tests, dropped after them. */
export function testDatabase(): TestDatabase {
  const serverUrl = inject("serverUrl");
  const name = `rollcall_test_${randomUUID().replaceAll("-", "")}`;
  let made: { url: string; access: Access; db: Db; owner: Db } | null = null;
  const others: Db[] = [];
  const use = () => {
    if (made) return made;
    throw new Error("The test database is there inside tests and hooks only.");
  };
  beforeAll(async () => {
    const url = await createDatabase(serverUrl, name, inject("templateName"));
    const access = await openAccess(url, { secret: SECRET });
    const db = connect(access, { workspace: DEFAULT_WORKSPACE }, 4);
    made = { url, access, db, owner: connectAsOwner(url) };
  });
  afterAll(async () => {
    await Promise.all([made?.db, made?.owner, ...others].map((db) => db?.close()));
    await dropDatabase(serverUrl, name);
  });
  return {
    get url() {
      return use().url;
    },
    get access() {
      return use().access;
    },
    get db() {
      return use().db;
    },
    get owner() {
      return use().owner;
    },
    in: async (scope) => {
      const { owner, access } = use();
      const { workspace } = scope;
      await owner.sql`insert into workspaces (workspace_id, name) values (${workspace}, ${workspace}) on conflict do nothing`;
      const db = connect(access, scope, 4);
      others.push(db);
      return db;
    },
  };
}
