/** Events taken out as OCSF and brought into another log are the same there. */
import { describe, expect, it } from "vitest";
import type { Db } from "../../db/client.ts";
import { decodeEvents } from "../../db/log/codec.ts";
import { readRecords } from "../../db/log/read-records.ts";
import { commandLine } from "../auth/caller.ts";
import { oktaLog } from "../bench/okta-log.ts";
import { RECORDS } from "../ingest/adapters/fixtures.ts";
import { ADAPTERS } from "../ingest/adapters/registry.ts";
import { ingest } from "../ingest/ingest.ts";
import { runReport } from "../reports/run.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { type EventsWanted, exportEvents } from "./export-events.ts";

const WORKSPACE = "main";

async function bring(db: Db, source: string, text: string, format = "auto") {
  const chunks = (async function* () {
    yield new TextEncoder().encode(text);
  })();
  return ingest(db, WORKSPACE, commandLine(), { chunks, file: null, bytesTotal: null, source, format });
}

/** The events of the log, as they were read, in one order. */
async function eventsIn(db: Db): Promise<string[]> {
  const events: string[] = [];
  for await (const records of readRecords(db, WORKSPACE, {}, undefined, { withEvents: true }))
    for (const { encoded } of records)
      for (const { id: _id, sourceId: _source, ...event } of decodeEvents(encoded ?? "[]", "", ""))
        events.push(JSON.stringify(event));
  return events.sort();
}

async function taken(db: Db, wanted: EventsWanted = {}): Promise<string> {
  const pieces: string[] = [];
  for await (const piece of await exportEvents(db, WORKSPACE, commandLine(), wanted)) pieces.push(piece);
  return pieces.join("");
}

describe("events as OCSF", () => {
  const here = testDatabase();
  const there = testDatabase();
  const log = testDatabase();
  const copy = testDatabase();

  it("come back as they were", async () => {
    // Rows of tables come as tables.
    const formats = ADAPTERS.filter(({ format, tables }) => tables === undefined && format !== "ocsf").map(
      ({ format }) => format,
    );
    for (const format of formats) {
      const lines = RECORDS.filter(([own]) => own === format).map(([, record]) => JSON.stringify(record));
      await bring(here.db, format, `${lines.join("\n")}\n`, format);
    }
    const before = await eventsIn(here.db);
    expect(before.length).toBeGreaterThan(50);
    const text = await taken(here.db);
    const result = await bring(there.db, "all", text);
    expect(result).toMatchObject({ records: before.length, rejected: 0 });
    expect(await eventsIn(there.db)).toEqual(before);
  });

  it("give the same answers", async () => {
    await bring(log.db, "okta", Buffer.concat([...oktaLog(1_500)]).toString());
    await bring(copy.db, "okta", await taken(log.db));
    const asOf = Date.parse("2030-01-01T00:00:00Z");
    // Events are named by their records, and those are other ones.
    const withoutIds = (rows: readonly object[]) =>
      JSON.stringify(rows, (name, value) => (/eventId$/iu.test(name) ? undefined : value));
    for (const name of ["offboarding", "failures", "coverage", "accounts", "joiners"] as const) {
      const own = await runReport(log.db, WORKSPACE, name, { asOf });
      const others = await runReport(copy.db, WORKSPACE, name, { asOf });
      expect(own.rows.length, name).toBeGreaterThan(0);
      expect(withoutIds(others.rows), name).toBe(withoutIds(own.rows));
    }
  });

  it("are those of a time and of a source, when asked for", async () => {
    const all = (await taken(here.db)).trimEnd().split("\n");
    const times = all.map((line) => (JSON.parse(line) as { time: number }).time).sort((a, b) => a - b);
    const middle = times[Math.floor(times.length / 2)] ?? 0;
    const early = (await taken(here.db, { to: middle })).trimEnd().split("\n");
    const late = (await taken(here.db, { from: middle + 1 })).trimEnd().split("\n");
    expect([...early, ...late].sort()).toEqual(all.sort());
    const okta = (await taken(here.db, { source: "okta" })).trimEnd().split("\n");
    expect(okta.sort()).toEqual(all.filter((line) => line.includes('"log_provider":"okta"')).sort());
    expect(okta.length).toBeGreaterThan(3);
  });

  it("of a source that there is not are none, and every export is noted", async () => {
    await expect(taken(here.db, { source: "nowhere" })).rejects.toThrow('source names no source: "nowhere".');
    const rows = await here.owner.sql<{ object: string; after: object }[]>`
      select object, after from audit_entries where verb = 'export-events' order by at desc limit 1`;
    expect(rows).toEqual([{ object: "okta", after: { format: "ocsf", from: null, to: null } }]);
  });

  it("are taken out without the records' bytes being read", async () => {
    const before = await taken(there.db);
    await there.owner.sql.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      await sql`update segments set raw = 'no bytes'`;
    });
    expect(await taken(there.db)).toBe(before);
  });
});
