/** The log by months: rows go where they belong, are known wherever they lie, and nobody waits for a new month. */
import { randomUUID } from "node:crypto";
import { describe, expect, inject, it } from "vitest";
import { openAccess } from "../../db/access.ts";
import { connect, connectAsOwner, type Db, DEFAULT_WORKSPACE } from "../../db/client.ts";
import { foldRetainedMonths, readMonths } from "../../db/log/months.ts";
import { readRecords } from "../../db/log/read-records.ts";
import { sequence } from "../../db/log/tree.ts";
import { applyToEmpty, migrate } from "../../db/migrate.ts";
import { readMigrations } from "../../db/migration-files.ts";
import { differences } from "../reports/check.ts";
import { createDatabase, dropDatabase } from "../runtime/database.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { ingestText } from "./testing.ts";

/** A System Log line; the serial makes it another record. */
const line = (at: string, serial: number) =>
  JSON.stringify({
    uuid: `serial-${serial}`,
    published: at,
    eventType: "user.lifecycle.create",
    outcome: { result: "SUCCESS" },
    target: [{ id: `00u${serial}`, type: "User", alternateId: `u${serial}@larkspur.example` }],
  });
const log = (times: readonly string[]) => times.map((at, serial) => `${line(at, serial)}\n`).join("");

const TIMES = [
  "1987-05-04T00:00:00.000Z",
  "1999-12-31T23:59:59.999Z",
  "2000-01-01T00:00:00.000Z",
  "2026-05-31T23:59:59.999Z",
  "2026-06-01T00:00:00.000Z",
  "2026-06-30T12:00:00.000Z",
  "2026-07-01T00:00:00.000Z",
  "2099-12-31T00:00:00.000Z",
  "2100-01-01T00:00:00.000Z",
  "9999-12-31T00:00:00.000Z",
];

/** Records by the partition they stand in. */
async function byPartition({ sql }: Db): Promise<Record<string, number>> {
  const rows = await sql<{ name: string; records: number }[]>`
    select c.relname as name, count(*)::int as records from records r join pg_class c on c.oid = r.tableoid group by 1`;
  return Object.fromEntries(rows.map(({ name, records }) => [name, records]));
}

async function fingerprints(db: Db): Promise<string[]> {
  const all: string[] = [];
  for await (const records of readRecords(db, DEFAULT_WORKSPACE, {}))
    all.push(...records.map(({ fingerprint, leaf }) => `${fingerprint} ${leaf}`));
  return all;
}

describe("records of many months", () => {
  const database = testDatabase();

  it("stand in their months, what is too old or too far away in those at the ends", async () => {
    const { db, owner } = database;
    expect(await ingestText(db, DEFAULT_WORKSPACE, log(TIMES), "okta")).toMatchObject({ accepted: 10 });
    expect(await byPartition(owner)).toEqual({
      records_before: 2,
      records_2000_01: 1,
      records_2026_05: 1,
      records_2026_06: 2,
      records_2026_07: 1,
      records_2099_12: 1,
      records_after: 2,
    });
    // The months ahead of this one were made before anything was written.
    expect((await readMonths(owner.sql)).length).toBe(5 + 4);
    const [strays] = await owner.sql`
      select count(*)::int as n from segments s join records r using (workspace_id, segment) where r.month <> s.month`;
    expect(strays?.n).toBe(0);
  });

  it("are known when they come again, and read in the order in which they came", async () => {
    const { db } = database;
    const before = await fingerprints(db);
    expect(before.length).toBe(10);
    const again = await ingestText(
      db,
      DEFAULT_WORKSPACE,
      log([...TIMES, "2026-06-02T00:00:00.000Z"]),
      "okta",
    );
    expect(again).toMatchObject({ accepted: 1, duplicates: 10 });
    expect((await fingerprints(db)).slice(0, 10)).toEqual(before);
    expect(await differences(db, DEFAULT_WORKSPACE)).toEqual([]);
  });

  it("of a new month wait for nobody who reads, and nobody waits for them", async () => {
    const { db, owner } = database;
    await owner.sql.begin("isolation level repeatable read", async (reading) => {
      const [seen] = await reading`select count(*)::int as n from segments`;
      await ingestText(
        db,
        DEFAULT_WORKSPACE,
        log(["2031-02-03T00:00:00.000Z"]).replace("serial-0", "other"),
        "okta",
      );
      const [still] = await reading`select count(*)::int as n from segments`;
      expect(still).toEqual(seen);
    });
    expect(await readMonths(owner.sql)).toContain("2031-02");
  });

  it("are put to the others when retention has been everywhere in their month, and known there", async () => {
    const { db, owner } = database;
    await sequence(db, DEFAULT_WORKSPACE);
    const before = await fingerprints(db);
    expect(await foldRetainedMonths(owner.sql)).toEqual([]);
    await owner.sql`alter table retention_rules disable trigger user`;
    await owner.sql`
      insert into retention_rules (workspace_id, source, days, set_at, set_by, removed, removed_before)
      values (${DEFAULT_WORKSPACE}, 'okta', 30, now(), 'test', 1, '2026-06-20')`;
    // Of June only a part is past the limit.
    expect(await owner.sql.begin(foldRetainedMonths)).toEqual(["2000-01", "2026-05"]);
    expect(await byPartition(owner)).toMatchObject({ records_before: 4, records_2026_06: 3 });
    expect(await readMonths(owner.sql)).not.toContain("2026-05");
    expect(await fingerprints(db)).toEqual(before);
    expect(await sequence(db, DEFAULT_WORKSPACE)).toMatchObject({ size: before.length });
    expect(await ingestText(db, DEFAULT_WORKSPACE, log(TIMES), "okta")).toMatchObject({ accepted: 0 });
    // A late record of such a month has its partition made again.
    const late = log(["2026-05-02T00:00:00.000Z"]).replace("serial-0", "late");
    expect(await ingestText(db, DEFAULT_WORKSPACE, late, "okta")).toMatchObject({ accepted: 1 });
    expect(await byPartition(owner)).toMatchObject({ records_before: 4, records_2026_05: 1 });
    expect(await differences(db, DEFAULT_WORKSPACE)).toEqual([]);
  });
});

describe("an installation from before there were months", () => {
  const source = testDatabase();

  it("goes on with its records where they are, and with the program that runs", async () => {
    const serverUrl = inject("serverUrl");
    const name = `rollcall_test_${randomUUID().replaceAll("-", "")}`;
    const url = await createDatabase(serverUrl, name);
    const owner = connectAsOwner(url);
    let db: Db | null = null;
    try {
      await ingestText(source.db, DEFAULT_WORKSPACE, log(TIMES.slice(3, 7)), "okta");
      const old = readMigrations().filter(({ tag }) => tag < "0020");
      await owner.sql.begin((sql) => applyToEmpty(sql, old));
      await owner.sql`create role ${owner.sql(name)} login`;
      await owner.sql`grant select, insert on segments, records to ${owner.sql(name)}`;
      await owner.sql`grant usage on sequence segments_segment_seq to ${owner.sql(name)}`;
      await owner.sql`insert into workspaces (workspace_id, name) values ('main', 'Main')`;
      const columns = [
        "segment",
        "source",
        "format",
        "ingest",
        "records",
        "first_at",
        "last_at",
        "raw",
        "normal",
        "hashes",
        "refs",
      ];
      const segments = await source.owner
        .sql`select ${source.owner.sql(columns)} from segments where workspace_id = ${DEFAULT_WORKSPACE} order by segment`;
      for (const row of segments)
        await owner.sql`
          insert into segments (workspace_id, segment, source, format, ingest, records, first_at, last_at, raw, normal, hashes, refs)
          overriding system value values ('main', ${row.segment}, ${row.source}, ${row.format}, ${row.ingest}, ${row.records},
            ${row.first_at}, ${row.last_at}, ${row.raw}, ${row.normal}, ${row.hashes}, ${`{${row.refs.join()}}`}::text::int[])`;
      for (const row of await source.owner.sql`select fingerprint, segment, position from records`)
        await owner.sql`
          insert into records (workspace_id, fingerprint, segment, position)
          values ('main', ${row.fingerprint}, ${row.segment}, ${row.position})`;
      await owner.sql`select setval('segments_segment_seq', 100)`;

      expect(await migrate(url)).toContain("0022_partitions");
      expect(await byPartition(owner)).toEqual({ records_before: 4 });
      const [may] = await owner.sql`
        select has_table_privilege(${name}, 'segments', 'insert') and has_table_privilege(${name}, 'records', 'select')
          and has_sequence_privilege(${name}, 'segments_segment_seq', 'usage') as all,
          has_table_privilege(${name}, 'records', 'delete') as too_much`;
      expect(may).toEqual({ all: true, too_much: false });
      const [next] =
        await owner.sql`select nextval(pg_get_serial_sequence('segments', 'segment'))::int as segment`;
      expect(next?.segment).toBe(101);

      db = connect(await openAccess(url, { secret: name }), { workspace: DEFAULT_WORKSPACE }, 2);
      // All are known, and the new one stands in its month.
      const more = log([...TIMES.slice(3, 7), "2026-06-05T00:00:00.000Z"]);
      expect(await ingestText(db, DEFAULT_WORKSPACE, more, "okta")).toMatchObject({
        accepted: 1,
        duplicates: 4,
      });
      expect(await byPartition(owner)).toEqual({ records_before: 4, records_2026_06: 1 });
      expect(await fingerprints(db)).toHaveLength(5);
      // The program before knows no months: of a record that stands in one it is told as its own index would.
      const [known] = await owner.sql`select fingerprint from records where month = '2026-06-01'`;
      const byOld = owner.sql`
        insert into records (workspace_id, fingerprint, segment, position) values ('main', ${known?.fingerprint}, 1, 0)`;
      await expect(byOld).rejects.toMatchObject({ code: "23505" });
    } finally {
      await db?.close();
      await owner.sql`drop owned by ${owner.sql(name)}`.catch(() => {});
      await owner.sql`drop role if exists ${owner.sql(name)}`.catch(() => {});
      await owner.close();
      await dropDatabase(serverUrl, name);
    }
  });
});
