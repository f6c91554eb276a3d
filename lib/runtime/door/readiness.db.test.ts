import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { connectAsOwner } from "../../../db/client.ts";
import { countConnections } from "../../../db/queries/connections.ts";
import { freePort, listenOn } from "../port.ts";
import { beginStopping } from "../stopping.ts";
import { testDatabase } from "../testing/database.ts";
import { checkOf } from "./readiness.ts";

describe("readiness", () => {
  const database = testDatabase();

  it("is there with a migrated database, also by a newer version, and gone where a migration is missing", async () => {
    const check = checkOf(database.db);
    const all = { started: true, database: true, migrations: true, running: true };
    expect(await check()).toEqual({ ready: true, checks: all });
    await database.owner
      .sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9999999999999)`;
    expect(await check()).toEqual({ ready: true, checks: all });
    await database.owner.sql`update drizzle.__drizzle_migrations set created_at = created_at + 1`;
    expect(await check()).toEqual({ ready: false, checks: { ...all, migrations: false } });
    await database.owner.sql`drop schema drizzle cascade`;
    expect(await check()).toEqual({ ready: false, checks: { ...all, migrations: false } });
  });

  it("counts the connections of Rollcall's", async () => {
    const states = await countConnections(database.db);
    expect(states.get("active")).toBe(1);
  });

  it("is not there where nothing listens", async () => {
    const db = connectAsOwner(`postgres://a:b@127.0.0.1:${await freePort()}/c`);
    expect(await checkOf(db)()).toMatchObject({ ready: false, checks: { database: false } });
    await db.close();
  });

  it("is not there where the database takes connections and says nothing", async () => {
    const sockets = new Set<{ destroy: () => void }>();
    const silent = createServer((socket) => void sockets.add(socket.on("error", () => {})));
    const db = connectAsOwner(`postgres://a:b@127.0.0.1:${await listenOn(silent, 0)}/c`);
    expect(await checkOf(db)()).toMatchObject({ ready: false, checks: { database: false } });
    for (const socket of sockets) socket.destroy();
    silent.close();
    await db.sql.end({ timeout: 0 });
  });

  it("is not there while the process stops", async () => {
    beginStopping();
    expect(await checkOf(database.db)()).toMatchObject({ ready: false, checks: { running: false } });
  });
});
