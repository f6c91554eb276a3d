/** A page's records and the place where reading goes on stand or fall together. */
import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { addWork, readWork, WorkMoved } from "../../db/queries/connector-work.ts";
import { ensureSource } from "../../db/queries/sources.ts";
import { okta } from "../ingest/adapters/okta/adapter.ts";
import { logEvent } from "../ingest/adapters/okta/fixtures.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { pullRecords } from "./pull-records.ts";
import { storePage } from "./store-page.ts";
import { recordsInLog } from "./testing/pull.ts";

describe("a page", () => {
  const database = testDatabase();
  const work = randomUUID();
  const target = { workspace: "main", work, ingest: work, source: "okta", adapter: okta };
  const page = (...uuids: string[]) => ({
    body: new TextEncoder().encode(
      JSON.stringify(uuids.map((uuid) => logEvent("user.session.start", { uuid }))),
    ),
    cursor: { next: uuids.join(" "), newest: null },
    last: false,
  });
  const kept = async () => {
    const [row] = await readWork(database.db.sql, "main", { work });
    const records = (await recordsInLog(database.db, "okta")).map(({ uuid }) => uuid);
    const [ingest] = await database.db.sql`select accepted::int, duplicates::int from ingests`;
    return { cursor: row?.cursor, step: row?.step, records: row?.records, inLog: records, ...ingest };
  };

  beforeAll(async () => {
    await addWork(database.db.sql, "main", work, randomUUID(), null);
    await ensureSource(database.db, "main", { source: "okta", format: "okta", customer: null });
    await pullRecords(database.db, "main", { name: "okta", source: "okta", customer: null }, work, "okta");
  });

  it("moves the place with its records", async () => {
    expect(await storePage(database.db, target, page("a", "b"), 0, 10)).toEqual({
      accepted: 2,
      duplicates: 0,
      rejected: 0,
    });
    expect(await kept()).toEqual({
      cursor: { next: "a b", newest: null },
      step: 1,
      records: 2,
      inLog: ["a", "b"],
      accepted: 2,
      duplicates: 0,
    });
  });

  it("that another has read first leaves nothing: neither records, nor a place, nor counts", async () => {
    const before = await kept();
    await expect(storePage(database.db, target, page("c"), 0, 20)).rejects.toThrow(WorkMoved);
    await expect(
      storePage(database.db, target, { body: null, cursor: {}, last: true }, 7, 20),
    ).rejects.toThrow(WorkMoved);
    expect(await kept()).toEqual(before);
  });

  it("of which two are stored at once is stored by one of them", async () => {
    const both = [page("d", "a"), page("e", "a")].map((one) => storePage(database.db, target, one, 1, 30));
    const done = await Promise.allSettled(both);
    expect(done.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const after = await kept();
    expect(after).toMatchObject({ step: 2, records: 3, accepted: 3, duplicates: 1 });
    expect(after.inLog).toEqual(["a", "b", done[0]?.status === "fulfilled" ? "d" : "e"]);
  });
});
