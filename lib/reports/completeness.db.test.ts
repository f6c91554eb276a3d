import { beforeAll, describe, expect, it, vi } from "vitest";
import type { Db } from "../../db/client.ts";
import { eventsOf, readLines } from "../../db/log/read.ts";
import { readSpans, recountHours, wrongHours } from "../../db/queries/completeness.ts";
import { beatIngest } from "../../db/queries/ingests.ts";
import { readSources } from "../../db/queries/sources.ts";
import { readVersion } from "../../db/queries/version.ts";
import { commandLine } from "../auth/caller.ts";
import { ingest } from "../ingest/ingest.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { sampleCompany } from "../sample/company.ts";
import { runReport } from "./run.ts";

const WORKSPACE = "main";
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const END = Date.parse("2026-06-30T12:00:00Z");

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

const load = (db: Db, text: string, source: string, file: string | null = null) =>
  ingest(db, WORKSPACE, commandLine(), { chunks: bytes(text), file, bytesTotal: null, source });

const completeness = (db: Db, asOf: number, customer?: string) =>
  runReport(db, WORKSPACE, "completeness", { asOf, customer });

const { files, records } = sampleCompany({ seed: 7, end: END, scale: 0.3 });

/** Where the sample keeps clear of the age at which rules change their minds, its year is empty. */
const CLEAR = { from: END - 90 * DAY - 28 * HOUR, to: END - 90 * DAY + 28 * HOUR };

/** What `readSources` counts by the hour, counted event by event. */
async function countedOneByOne(db: Db, to: number | null) {
  const until = to ?? Infinity;
  const counts = new Map<string, { records: number; times: number[] }>();
  for await (const lines of readLines(db.sql, WORKSPACE, {})) {
    for (const line of lines) {
      const own = counts.get(line.source) ?? { records: 0, times: [] };
      counts.set(line.source, own);
      const times = eventsOf(line).map((event) => event.at);
      if (Math.min(...times) <= until) own.records += 1;
      own.times.push(...times.filter((at) => at <= until));
    }
  }
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([source, { records: begun, times }]) => ({
      source,
      records: begun,
      events: times.length,
      firstEventAt: times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b)),
      lastEventAt: times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b)),
    }));
}

describe("the sample company", () => {
  const database = testDatabase();
  const past = testDatabase();
  const few = testDatabase();
  const texts = files.map(({ source, chunks }) => ({ source, text: [...chunks()].join("") }));
  beforeAll(async () => {
    for (const { source, text } of texts) await load(database.db, text, source);
  }, 120_000);

  it("has one gap, where its year is empty in the source that tells most, and no other", async () => {
    const report = await completeness(database.db, END);
    expect(report.summary).toMatchObject({ sources: 3, records, rejected: 0, gaps: 1 });
    const [gap] = report.rows.flatMap(({ gaps }) => gaps);
    expect(report.rows.find(({ gaps }) => gaps.length > 0)?.source).toBe("okta");
    expect(gap?.kind).toBe("silence");
    expect(Date.parse(gap?.from ?? "")).toBeLessThanOrEqual(CLEAR.from);
    expect(Date.parse(gap?.from ?? "")).toBeGreaterThan(CLEAR.from - DAY);
    expect(Date.parse(gap?.to ?? "")).toBeGreaterThanOrEqual(CLEAR.to - HOUR);
    expect(Date.parse(gap?.to ?? "")).toBeLessThan(CLEAR.to + DAY);
  });

  it("has its hours read again when they are others, and not before", async () => {
    const { db, owner } = few;
    const [okta] = texts.filter(({ source }) => source === "okta");
    const lines = okta?.text.trimEnd().split("\n") ?? [];
    await load(db, `${lines.slice(0, 500).join("\n")}\n`, "okta");
    await load(db, `${lines.slice(0, 10).join("\n")}\n`, "other");
    /** The hours of each source, those that are kept beside those that are read for a time after all of them. */
    const hours = async () => {
      const [all, asked] = [
        await readSources(db, WORKSPACE, null),
        await readSources(db, WORKSPACE, END + HOUR - 1),
      ];
      expect(all).toEqual(asked);
      return new Map(all.map((source) => [source.source, source.hours]));
    };
    const first = await hours();
    const second = await hours();
    for (const source of ["okta", "other"]) expect(second.get(source)).toBe(first.get(source));
    await load(db, `${lines.slice(500, 501).join("\n")}\n`, "okta");
    const later = await hours();
    expect(later.get("okta")).not.toBe(first.get("okta"));
    // Of an hour in another month nothing else is read again.
    await load(db, `${lines.at(-1)}\n`, "okta");
    const longer = await hours();
    expect(longer.get("okta")?.[0]).toBe(later.get("okta")?.[0]);
    expect(longer.get("other")).toBe(first.get("other"));
    // The same sums in other hours, as retention or a rebuild may leave them.
    await owner.sql`
      update event_hours set events = events + case hour when (select min(hour) from event_hours where source = 'okta') then 1 else -1 end
      where source = 'okta' and hour in (select min(hour) from event_hours where source = 'okta' union all select max(hour) from event_hours where source = 'okta')`;
    await owner.sql`update workspaces set recounts = recounts + 1`;
    expect((await hours()).get("okta")).not.toBe(longer.get("okta"));
    // Of another database nothing is taken for this one's.
    expect((await readSources(database.db, WORKSPACE, null)).map(({ events }) => events)).not.toContain(501);
  });

  it.each([null, END, END - 1, END - 31 * DAY - 1_234_567, CLEAR.from + HOUR - 1, END - 200 * DAY, 0])(
    "is counted up to %s as the log is, event by event",
    async (to) => {
      const counts = (await readSources(database.db, WORKSPACE, to)).map((row) => ({
        source: row.source,
        records: row.records,
        events: row.events,
        firstEventAt: row.firstEventAt,
        lastEventAt: row.lastEventAt,
      }));
      expect(counts).toEqual(await countedOneByOne(database.db, to));
    },
  );

  it("says of a past moment what it would have said then, also within an hour", async () => {
    const moment = END - 95 * DAY - 1_234_567;
    for (const { source, text } of texts) {
      const lines = text.split("\n").flatMap((line) => line.match(/^\s*\{.*\}(?=,?\s*$)/u)?.[0] ?? []);
      const until = lines.filter((line) => eventTime(line) <= moment);
      if (until.length > 0) await load(past.db, until.join("\n"), source);
    }
    const now = await completeness(database.db, moment);
    const then = await completeness(past.db, moment);
    expect(now.summary.records).toBeGreaterThan(1000);
    expect(then.rows).toEqual(now.rows);
  });

  it("keeps counts that a rebuild does not change, and tells wrong ones", async () => {
    const all = () => database.db.sql`select * from event_hours order by source, hour`;
    const before = await all();
    expect(await wrongHours(database.db, WORKSPACE)).toEqual([]);
    await database.db.sql`update event_hours set events = events + 1
      where (source, hour) = (select source, hour from event_hours order by source, hour limit 1)`;
    const wrong = await wrongHours(database.db, WORKSPACE);
    expect(wrong.map(({ is }) => is)).toEqual(["computed", "stored"]);
    await recountHours(database.db, WORKSPACE);
    expect(await wrongHours(database.db, WORKSPACE)).toEqual([]);
    expect(await all()).toEqual(before);
  });
});

describe("what is kept of the log between two looks", () => {
  const database = testDatabase();
  const spans = testDatabase();
  const day = (n: number) => oktaLines(n, n + 1).join("\n");
  const events = async (db: Db) =>
    (await readSources(db, WORKSPACE, null)).map((row) => [row.source, row.events]);
  const version = async () => (await readVersion(database.db, WORKSPACE)).text;

  it("moves with each batch, also of an ingest that began before another one had ended", async () => {
    await load(database.db, day(0), "okta");
    expect(await events(database.db)).toEqual([["okta", 48]]);
    let [begun, goOn] = [() => {}, () => {}];
    const counted = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const waited = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    // Its counts have moved, and nobody sees it yet.
    const slow = database.owner.sql.begin(async (sql) => {
      await sql`update event_hours set events = events + 100 where hour = (select min(hour) from event_hours)`;
      await sql`update ingests set records = records + 100, heartbeat_at = now()`;
      begun();
      await waited;
    });
    await counted;
    await load(database.db, oktaLines(1, 2).join("\n"), "okta-eu");
    const before = [
      ["okta", 48],
      ["okta-eu", 48],
    ];
    expect(await events(database.db)).toEqual(before);
    goOn();
    await slow;
    expect(await events(database.db)).toEqual([
      ["okta", 148],
      ["okta-eu", 48],
    ]);
    await recountHours(database.db, WORKSPACE);
    expect(await events(database.db)).toEqual(before);
    await load(database.db, day(2), "okta");
    expect(await events(database.db)).toEqual([
      ["okta", 96],
      ["okta-eu", 48],
    ]);
  });

  it("has the spans of its ingests as they are read anew", async () => {
    const { db, owner } = spans;
    const anew = async () => readSpans(await spans.in({ workspace: WORKSPACE }), WORKSPACE, null);
    const states = async () => (await readSpans(db, WORKSPACE, null)).get("okta")?.map(({ state }) => state);
    const texts = [0, 1, 2].map((number) => day(number));
    for (const [i, source] of ["okta", "other", "okta"].entries()) {
      await load(db, texts[i] ?? "", source);
      expect(await readSpans(db, WORKSPACE, null)).toEqual(await anew());
    }
    expect([...(await readSpans(db, WORKSPACE, 0)).keys()]).toEqual([]);
    // One that was heard last long ago ends now: nothing but its end tells of it.
    await owner.sql`
      update ingests set state = 'running', finished_at = null, heartbeat_at = now() - interval '9 hours'
      where ingest = (select ingest from ingests where source = 'okta' order by started_at limit 1)`;
    await owner.sql`update workspaces set recounts = recounts + 1`;
    expect(await states()).toContain("interrupted");
    await owner.sql`update ingests set state = 'failed', finished_at = now() where finished_at is null`;
    await load(db, day(3), "other");
    expect(await states()).toEqual(expect.arrayContaining(["done", "failed"]));
    expect(await readSpans(db, WORKSPACE, null)).toEqual(await anew());
  });

  it("moves for a customer, who does not see all ingests", async () => {
    const own = (text: string) =>
      ingest(database.db, WORKSPACE, commandLine(), {
        chunks: bytes(text),
        file: null,
        bytesTotal: null,
        source: "globex",
        customer: "Globex",
      });
    await own(day(10));
    const customer = await database.in({ workspace: WORKSPACE, customer: "Globex" });
    expect(await events(customer)).toEqual([["globex", 48]]);
    await own(day(11));
    expect(await events(customer)).toEqual([["globex", 96]]);
  });

  it("tells each end of an ingest, also when the clock was set back meanwhile and nothing new came", async () => {
    const seen = new Set([await version()]);
    for (const back of ["0 minutes", "1 hour", "0 minutes"]) {
      await load(database.db, day(0), "okta");
      await database.owner.sql`update ingests set finished_at = finished_at - ${back}::interval,
        heartbeat_at = heartbeat_at - ${back}::interval where started_at = (select max(started_at) from ingests)`;
      seen.add(await version());
    }
    expect(seen.size).toBe(4);
  });

  it("tells of an ingest that died a minute after it was heard last", async () => {
    const state = async () =>
      (await readSpans(database.db, WORKSPACE, null))
        .get("okta")
        ?.map((span) => span.state)
        .sort();
    expect(new Set(await state())).toEqual(new Set(["done"]));
    await database.owner
      .sql`update ingests set state = 'running', finished_at = null, heartbeat_at = now() - interval '30 seconds'
      where started_at = (select max(started_at) from ingests)`;
    expect((await state())?.at(-1)).toBe("running");
    const heard = async () =>
      (await database.owner.sql`select heartbeat_at from ingests where state = 'running'`)[0]?.heartbeat_at;
    const before = await heard();
    const [running] = await database.owner.sql<
      { ingest: string }[]
    >`select ingest from ingests where state = 'running'`;
    await beatIngest(database.db, WORKSPACE, running?.ingest ?? "");
    expect(await heard()).not.toEqual(before);
    expect((await state())?.at(-1)).toBe("running");
    // Time goes by, and nothing of it comes into the database.
    const later = vi.spyOn(Date, "now").mockReturnValue(Date.now() + 90_000);
    try {
      expect((await state())?.includes("interrupted")).toBe(true);
    } finally {
      later.mockRestore();
    }
  });
});

const eventTime = (line: string): number => {
  const record = JSON.parse(line) as Record<string, string | undefined>;
  return Date.parse(record.published ?? record.activityDateTime ?? record.time ?? record.created_at ?? "");
};

/** Okta records around the clock, one every half hour, from one day to another. */
function oktaLines(from: number, to: number): string[] {
  return Array.from({ length: (to - from) * 48 }, (_, i) => {
    const at = START + from * DAY + i * (HOUR / 2);
    return JSON.stringify({
      uuid: `event-${at}`,
      published: new Date(at).toISOString(),
      eventType: "user.session.start",
      outcome: { result: "SUCCESS" },
      actor: {
        id: "id-alice",
        type: "User",
        alternateId: "alice@larkspur.example",
        displayName: "Alice",
      },
      target: [],
    });
  });
}
const START = Date.parse("2026-01-01T00:00:00Z");
const WHOLE = START + 80 * DAY;

describe("a hole made in records around the clock", () => {
  const silent = testDatabase();
  const jumped = testDatabase();
  const cut = testDatabase();
  const before = oktaLines(0, 40);
  const after = oktaLines(42, 80);

  it("is found, and no other; every report tells it", async () => {
    await load(silent.db, [...after, ...before].join("\n"), "okta");
    const { rows, summary } = await completeness(silent.db, WHOLE);
    expect(summary.gaps).toBe(1);
    expect(rows[0]).toMatchObject({
      perDay: 48,
      nothingSince: null,
      gaps: [
        {
          kind: "silence",
          from: "2026-02-10T00:00:00.000Z",
          to: "2026-02-12T00:00:00.000Z",
          expected: 96,
        },
      ],
    });
    const accounts = await runReport(silent.db, WORKSPACE, "accounts", { asOf: WHOLE });
    expect(accounts.completeness).toMatchObject({ gaps: 1, sources: [{ gaps: rows[0]?.gaps }] });
    const later = await completeness(silent.db, WHOLE + 2 * DAY);
    expect(later.rows[0]).toMatchObject({ nothingSince: "2026-03-21T23:30:00.000Z" });
    expect(later.summary.gaps).toBe(2);
    expect((await completeness(silent.db, START + 40 * DAY)).summary.gaps).toBe(0);
  });

  it("between two files is a jump, and gone once a file brings what lay in it", async () => {
    await load(jumped.db, after.join("\n"), "okta", "second.json");
    await load(jumped.db, before.join("\n"), "okta", "first.json");
    const { rows } = await completeness(jumped.db, WHOLE);
    expect(rows[0]?.gaps.map(({ kind }) => kind)).toEqual(["jump"]);
    expect(rows[0]?.gaps[0]?.why).toMatch(/first\.json ends before it and second\.json begins after it/u);
    await load(jumped.db, oktaLines(40, 42).join("\n"), "okta", "missing.json");
    expect((await completeness(jumped.db, WHOLE)).summary.gaps).toBe(0);
  });

  it("left by an ingest that died is told until the file is ingested whole", async () => {
    await load(cut.db, before.join("\n"), "okta", "okta.json");
    await cut.owner
      .sql`update ingests set state = 'running', heartbeat_at = now() - interval '1 hour', finished_at = null`;
    const asOf = START + 40 * DAY;
    const { rows } = await completeness(cut.db, asOf);
    expect(rows[0]?.gaps.map(({ kind }) => kind)).toEqual(["interrupted"]);
    await load(cut.db, before.join("\n"), "okta", "okta.json");
    expect((await completeness(cut.db, asOf)).summary.gaps).toBe(0);
  });
});
