/** Several ingests at once into one source, cut off ones among them: nothing is lost and nothing is there twice. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Db } from "../../db/client.ts";
import { markAllDirty, markLinksChanged } from "../../db/log/dirty.ts";
import { readRecords } from "../../db/log/read-records.ts";
import { insertDecisions } from "../../db/queries/decisions.ts";
import { act } from "../auth/act.ts";
import { commandLine } from "../auth/caller.ts";
import { oktaLog } from "../bench/okta-log.ts";
import { differences } from "../reports/check.ts";
import { storedProjection } from "../reports/stored.ts";
import { PROJECT_ROOT } from "../runtime/home.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { logEvent } from "./adapters/okta/fixtures.ts";
import { ingest } from "./ingest.ts";
import { refresh } from "./refresh.ts";

const WORKSPACE = "main";
const LOG = Buffer.concat([...oktaLog(6_000, 5)]);
const LINES = LOG.toString().trimEnd().split("\n");

async function* cut(text: string | Buffer, upTo = Number.POSITIVE_INFINITY): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 256 * 1024) {
    if (at >= upTo) throw new Error("The sender went away.");
    yield bytes.subarray(at, at + 256 * 1024);
    // Let the others have their turn.
    await new Promise((wake) => setImmediate(wake));
  }
}

const load = (db: Db, text: string | Buffer, upTo?: number) =>
  ingest(db, WORKSPACE, commandLine(), {
    chunks: cut(text, upTo),
    file: null,
    bytesTotal: null,
    source: "okta",
  });

async function recordsOf(db: Db): Promise<string[]> {
  const all: string[] = [];
  for await (const batch of readRecords(db, WORKSPACE, {})) {
    for (const record of batch) all.push(record.bytes?.toString() ?? "");
  }
  return all.sort();
}

describe("ingests at once into one source", { timeout: 120_000 }, () => {
  const clean = testDatabase();
  const twice = testDatabase();
  const cutOff = testDatabase();

  it("of the same log store each record once", async () => {
    expect(await load(clean.db, LOG)).toMatchObject({ records: 6_000, accepted: 6_000 });
    const half = LINES.slice(2_000).join("\n");
    const results = await Promise.all([load(twice.db, LOG), load(twice.db, LOG), load(twice.db, half)]);
    const sum = (of: "accepted" | "duplicates") => results.reduce((all, result) => all + result[of], 0);
    expect(sum("accepted")).toBe(6_000);
    expect(sum("duplicates")).toBe(10_000);
    expect(await recordsOf(twice.db)).toEqual([...LINES].sort());
    expect(await differences(twice.db, WORKSPACE)).toEqual([]);
    expect((await storedProjection(twice.db, WORKSPACE)).projection).toEqual(
      (await storedProjection(clean.db, WORKSPACE)).projection,
    );
  });

  it("of which one is cut off half way lose and double nothing, whether it is run again or not", async () => {
    const [whole, part] = await Promise.allSettled([
      load(cutOff.db, LINES.slice(0, 3_500).join("\n")),
      load(cutOff.db, LOG, LOG.length / 2),
    ]);
    expect(whole).toMatchObject({ status: "fulfilled" });
    expect(part).toMatchObject({ status: "rejected", reason: { message: "The sender went away." } });
    const kept = await recordsOf(cutOff.db);
    expect(new Set(kept).size).toBe(kept.length);
    expect(kept.length).toBeGreaterThanOrEqual(3_500);
    expect(await differences(cutOff.db, WORKSPACE)).toEqual([]);
    const again = await load(cutOff.db, LOG);
    expect(again).toMatchObject({ accepted: 6_000 - kept.length, duplicates: kept.length });
    expect(await recordsOf(cutOff.db)).toEqual([...LINES].sort());
    expect((await storedProjection(cutOff.db, WORKSPACE)).projection).toEqual(
      (await storedProjection(clean.db, WORKSPACE)).projection,
    );
  });
});

describe("records that come while others are worked out", { timeout: 120_000 }, () => {
  const database = testDatabase();

  /** Ingests, and does something else when it has noted whom the records are about and has not committed that yet. */
  async function beforeCommit(lines: readonly string[], something: () => Promise<unknown>): Promise<void> {
    const { db, owner } = database;
    const both = await owner.sql.begin(async (sql) => {
      await sql`lock table event_hours in share mode`;
      const coming = load(db, lines.join("\n"));
      for (;;) {
        const [row] = await db.sql<{ waits: boolean }[]>`
          select exists (select from pg_locks where not granted and relation = 'event_hours'::regclass) waits`;
        if (row?.waits === true) break;
        await sleep(20);
      }
      const other = something();
      // It may have to wait for those that come.
      await Promise.race([other, sleep(500)]);
      return { coming, other };
    });
    await Promise.all([both.coming, both.other]);
  }

  it("of people who wait to be worked out are not forgotten", async () => {
    const { db } = database;
    await load(db, LINES.slice(0, 3_000).join("\n"));
    // Somebody else's records of the same people have come, and are about to be worked out.
    await db.sql.begin((sql) => markAllDirty(sql, WORKSPACE));
    await beforeCommit(LINES.slice(3_000), () => refresh(db, WORKSPACE));
    expect(await differences(db, WORKSPACE)).toEqual([]);
  });

  it("and were forgotten by an older version, are worked out after the migration", async () => {
    const { db, owner } = database;
    await owner.sql`delete from subjects where subject in (select subject from subjects order by subject limit 3)`;
    expect(await differences(db, WORKSPACE)).not.toEqual([]);
    await owner.sql.file(join(PROJECT_ROOT, "db/migrations/0035_worked_out_once_anew.sql"));
    await refresh(db, WORKSPACE);
    expect(await differences(db, WORKSPACE)).toEqual([]);
  });

  it("are linked as somebody decided meanwhile", async () => {
    const { db } = database;
    const people = await db.sql<{ ref: string }[]>`
      select ref from subject_refs where ref like 'p:%' order by ref limit 2`;
    const [a = "", b = ""] = people.map(({ ref }) => ref);
    await db.sql.begin((sql) => markLinksChanged(sql, WORKSPACE));
    let other: Promise<unknown> = Promise.resolve();
    await act({ db, workspace: WORKSPACE, by: commandLine() }, "decide", "decide", async (sql) => {
      await insertDecisions(sql, WORKSPACE, [{ a, b, verdict: "same", reason: "One person.", by: "Test" }]);
      other = refresh(db, WORKSPACE);
      await Promise.race([other, sleep(500)]);
      return { result: undefined, object: `${a} and ${b}` };
    });
    await other;
    await refresh(db, WORKSPACE);
    const subjects = await db.sql`select distinct subject from subject_refs where ref in (${a}, ${b})`;
    expect(subjects).toHaveLength(1);
    expect(await differences(db, WORKSPACE)).toEqual([]);
  });
});

describe("any input", { timeout: 120_000 }, () => {
  const database = testDatabase();

  it("adds up: accepted + duplicates + rejected = records, and all of them are there", async () => {
    const { db } = database;
    const line = fc.oneof(
      {
        weight: 3,
        arbitrary: fc
          .nat(30)
          .map((id) => JSON.stringify({ ...logEvent("user.session.start"), uuid: `u-${id}` })),
      },
      fc.jsonValue().map((value) => JSON.stringify(value)),
      fc.string().map((text) => text.replaceAll("\n", " ")),
      fc.constantFrom("", "[", "]", "{", '{"value":[', "},", "\u0000\u0000", '"'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 40 }), async (lines) => {
        const { records, accepted, duplicates, rejected } = await load(db, lines.join("\n"));
        expect(accepted + duplicates + rejected).toBe(records);
        const [ingest] = await db.sql<
          { records: number; accepted: number; stored: number; segments: number }[]
        >`
          select i.records::int, i.accepted::int,
            (select coalesce(sum(s.records), 0)::int from segments s where s.ingest = i.ingest) as segments,
            (select count(*)::int from records r join segments s using (workspace_id, segment) where s.ingest = i.ingest) as stored
          from ingests i order by i.started_at desc, i.finished_at desc limit 1`;
        expect(ingest).toEqual({ records, accepted, stored: accepted, segments: accepted });
      }),
      { numRuns: 60 },
    );
  });
});
