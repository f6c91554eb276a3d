/**
 * The plan of every query that pages send: none reads a month of the log from end to end. PostgreSQL tells its plans itself
 * (auto_explain), also those of what functions ask; reading a table from end to end is made so dear that it is planned only
 * where no index can serve, however small the table. Nor is every ingest that there ever was looked at for each page.
 */
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Db, DEFAULT_WORKSPACE, type SqlSession } from "../../db/client.ts";
import { readSegments } from "../../db/log/read.ts";
import { readSpans } from "../../db/queries/completeness.ts";
import { whileRecordsStay } from "../../db/queries/log-mark.ts";
import { findSegmentsAmong } from "../../db/queries/subject-records.ts";
import { readVersion } from "../../db/queries/version.ts";
import * as schema from "../../db/schema.ts";
import { commandLine } from "../auth/caller.ts";
import { oktaLog } from "../bench/okta-log.ts";
import { ingest } from "../ingest/ingest.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { proveRecord } from "../transparency/prove-record.ts";
import { readTrials } from "../trials/read-trials.ts";
import { applicationEvents, applicationReport } from "./application.ts";
import { failureStory } from "./failure-story.ts";
import { linksReport } from "./links.ts";
import { reportPage } from "./page.ts";
import { REPORT_NAMES, runReport } from "./run.ts";
import { search } from "./search.ts";
import { sourcesReport } from "./sources.ts";
import { eventDetail, identityEvents, identityReport } from "./timeline.ts";

interface Node {
  "Node Type": string;
  Schema?: string;
  "Relation Name"?: string;
  "Index Cond"?: string;
  "Index Name"?: string;
  Plans?: Node[];
}

const MONTHS = "log_months";

/** Of ingests: those of two years, one each twenty minutes. */
const INGESTS = 50_000;

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** Months that are filled as those of a large log are: of a table with a few rows any plan is a good one. */
const FILLED = ["2024_03", "2024_12", "2025_01", "2025_11"];
/** Segments that a month of them has when ten million records spread over two years. */
const SEGMENTS_A_MONTH = 1_750;

/** Of a month of the log, or of an index of one. */
const isOfMonth = (node: Node): boolean =>
  FILLED.some(
    (month) =>
      (node.Schema === MONTHS && (node["Relation Name"] ?? "").endsWith(month)) ||
      (node["Index Name"] ?? "").includes(month),
  );

/** Whether an index is asked for more than the workspace: for a record, a segment, a ref. */
const asksForPart = (condition: string | undefined): boolean =>
  (condition ?? "").split(" AND ").some((part) => part !== "" && !part.includes("workspace_id"));

/** A bitmap's index names no table. */
const readsIngests = (node: Node): boolean =>
  node["Relation Name"] === "ingests" || (node["Index Name"] ?? "").startsWith("ingests_");

/** That of times, by which a timeline is read from its end, no further than it is shown. */
const isByTime = (node: Node): boolean =>
  node["Node Type"] === "Index Scan" && (node["Index Name"] ?? "").includes("_last_at_");

/** A month is read whole: row by row, or by an index of which no part is asked for. */
const readsWhole = (node: Node): boolean =>
  isOfMonth(node) &&
  (node["Node Type"] === "Seq Scan" ||
    (/Index/u.test(node["Node Type"]) && !isByTime(node) && !asksForPart(node["Index Cond"])));

/** Ingests, and copies of the one segment of the source `small`, of other refs; they stand in no order of the tree. */
async function fill(owner: postgres.Sql): Promise<void> {
  await owner.begin(async (own) => {
    await own`set local session_replication_role = replica`;
    await fillIngests(own);
    const months = FILLED.map((month) => `${month.replace("_", "-")}-01`);
    await own`
      insert into segments (workspace_id, segment, month, source, format, ingest, records, first_at, last_at, raw, normal, hashes, refs)
      select workspace_id, nextval('segments_segment_seq'), m, source, format, ingest, records, m + interval '3 days',
        m + interval '4 days', raw, normal, hashes,
        array(select (random() * 2000000000)::int from generate_series(1, 100) where n is not null and m is not null)
      from segments one, unnest(${months}::text[]::date[]) m, generate_series(1, ${SEGMENTS_A_MONTH}::int) n
      where source = 'small'`;
  });
  await owner`analyze`;
}

/** Ended ones, the newest just now. */
const fillIngests = (own: SqlSession) => own`
  insert into ingests (workspace_id, ingest, source, format, state, records, accepted, duplicates, rejected, bytes_read,
    started_at, heartbeat_at, finished_at)
  select ${DEFAULT_WORKSPACE}, gen_random_uuid(), 'small', 'okta', 'done', 1, 1, 0, 0, 1, at, at, at
  from generate_series(1, ${INGESTS}::int) n, lateral (select now() - n * interval '20 minutes' as at) one`;

describe("the plan of each query of a page", () => {
  const database = testDatabase();
  /** What was planned since it was last emptied. */
  let told: { query: string; nodes: Node[] }[] = [];
  let db: Db;
  let sql: postgres.Sql;

  beforeAll(async () => {
    for (const [source, records] of [
      ["okta", 6_000],
      ["small", 1],
    ] as const) {
      const chunks = (async function* () {
        yield* oktaLog(records);
      })();
      const input = { chunks, file: null, bytesTotal: null, source };
      await ingest(database.db, DEFAULT_WORKSPACE, commandLine(), input);
    }
    const [scope] = await database.db.sql<{ workspace: string; proof: string }[]>`
      select current_setting('rollcall.workspace') as workspace, current_setting('rollcall.proof') as proof`;
    sql = postgres(database.url, {
      max: 4,
      onnotice: ({ message = "" }) => {
        const plan = /^duration: .*?plan:\n([\s\S]*)$/u.exec(message)?.[1];
        if (plan === undefined) return;
        const { "Query Text": query, Plan } = JSON.parse(plan) as { "Query Text": string; Plan: Node };
        told.push({ query, nodes: nodesOf(Plan) });
      },
      connection: {
        "rollcall.workspace": scope?.workspace ?? "",
        "rollcall.customer": "",
        "rollcall.proof": scope?.proof ?? "",
        session_preload_libraries: "auto_explain",
        "auto_explain.log_min_duration": "0",
        "auto_explain.log_nested_statements": "on",
        "auto_explain.log_verbose": "on",
        "auto_explain.log_format": "json",
        "auto_explain.log_level": "notice",
        client_min_messages: "notice",
        enable_seqscan: "off",
      } as Record<string, string>,
    });
    db = { sql, orm: drizzle(sql, { schema }), close: () => sql.end() };
    await fill(database.owner.sql);
  });

  afterAll(() => sql?.end());

  /** Does what a page does. @returns the queries that read a month whole, and how many looked at one at all. */
  async function looked(work: () => Promise<unknown>): Promise<{ whole: string[]; atMonths: number }> {
    told = [];
    await work();
    const months = told.filter(({ nodes }) => nodes.some(isOfMonth));
    return {
      whole: months.filter(({ nodes }) => nodes.some(readsWhole)).map(({ query }) => query),
      atMonths: months.length,
    };
  }

  it("would be noticed if it read a month whole", async () => {
    const { whole } = await looked(() => sql`select count(*) from segments where format = 'x'`);
    expect(whole).toHaveLength(1);
    const { whole: everything } = await looked(async () => {
      for await (const _ of readSegments(sql, DEFAULT_WORKSPACE, { to: Date.UTC(2024, 3, 1) }));
    });
    expect(everything).toHaveLength(1);
  });

  it("looks for what came since by an index, also where the plan was made for any numbers", async () => {
    const found: number[] = [];
    const { whole, atMonths } = await looked(() =>
      sql.begin(async (own) => {
        // As they are by default, and without knowing that only the end of the numbers is asked for.
        await own`set local enable_seqscan = on`;
        await own`set local plan_cache_mode = force_generic_plan`;
        const [last] = await own<
          { segment: number }[]
        >`select last_value::int segment from segments_segment_seq`;
        const above = (last?.segment ?? 0) - 5;
        const spans = [{ from: above - 20, to: above - 18 }];
        found.push(...(await findSegmentsAmong(own, DEFAULT_WORKSPACE, spans, above, 2_000)));
      }),
    );
    expect({ whole, found: found.length }).toEqual({ whole: [], found: 8 });
    expect(atMonths).toBeGreaterThan(0);
  });

  it("tells whether anything has changed by the newest ingests, also where the plan was made for any workspace", async () => {
    told = [];
    await sql.begin(async (own) => {
      await own`set local enable_seqscan = on`;
      await own`set local plan_cache_mode = force_generic_plan`;
      const one = { sql: own } as unknown as Db;
      await readVersion(one, DEFAULT_WORKSPACE);
      await whileRecordsStay(new WeakMap(), one, DEFAULT_WORKSPACE, async () => null);
    });
    const looks = told.flatMap(({ nodes }) => nodes.filter(readsIngests));
    expect(looks.length).toBeGreaterThan(4);
    expect(looks.filter((node) => node["Node Type"] === "Seq Scan")).toEqual([]);
    // Each by a time, or the first one from the end: else an index, too, would be read from end to end.
    const byTime = looks.filter((node) => /finished_at >=|heartbeat_at >=/u.test(node["Index Cond"] ?? ""));
    expect(byTime).toHaveLength(2);
  });

  it("reads of the ingests those that came since, also where the plan was made for any time", async () => {
    await sql.begin(async (own) => {
      await own`set local enable_seqscan = on`;
      await own`set local plan_cache_mode = force_generic_plan`;
      const one = { sql: own } as unknown as Db;
      const first = (await readSpans(one, DEFAULT_WORKSPACE, null)).get("okta");
      await own`
        update ingests set records = records + 1, heartbeat_at = now() + interval '1 minute'
        where workspace_id = ${DEFAULT_WORKSPACE} and source = 'okta'`;
      told = [];
      const second = (await readSpans(one, DEFAULT_WORKSPACE, null)).get("okta");
      expect(second).not.toBe(first);
      expect(second).toHaveLength(1);
    });
    const looks = told.flatMap(({ nodes }) => nodes.filter(readsIngests));
    expect(looks.length).toBeGreaterThan(4);
    expect(looks.filter((node) => node["Node Type"] === "Seq Scan")).toEqual([]);
    const byTime = looks.filter((node) => /finished_at >=|heartbeat_at >=/u.test(node["Index Cond"] ?? ""));
    // Of the mark one, of what came since one by each time.
    expect(byTime).toHaveLength(3);
  });

  it("rests on conditions of who may see what that PostgreSQL does not take for rare", async () => {
    const rare = await database.owner.sql`
      select tablename from pg_policies
      where qual like '%( SELECT rollcall_customer() AS rollcall_customer) IS NULL%' and qual not like '% OR %'`;
    expect(rare.map(({ tablename }) => tablename)).toEqual([]);
    const [plan] = await sql<{ "QUERY PLAN": [{ Plan: { "Plan Rows": number } }] }[]>`
      explain (format json) select from link_facts where workspace_id = ${DEFAULT_WORKSPACE}`;
    const [all] = await database.owner.sql<{ count: number }[]>`select count(*)::int from link_facts`;
    expect(plan?.["QUERY PLAN"][0].Plan["Plan Rows"]).toBeGreaterThan((all?.count ?? 0) / 4);
  });

  it("looks into the months by an index that serves", async () => {
    const { rows } = await runReport(db, DEFAULT_WORKSPACE, "accounts", {});
    const { subject, application } = {
      subject: rows[0]?.subject ?? "",
      application: rows[0]?.application ?? "",
    };
    const failures = (await runReport(db, DEFAULT_WORKSPACE, "failures", {})).rows;
    const person = await identityReport(db, DEFAULT_WORKSPACE, subject);
    const event = person?.events[0]?.id ?? "";
    expect([subject, application, event, failures[0]?.id ?? ""]).not.toContain("");
    const pages: [string, () => Promise<unknown>, boolean][] = [
      ["person", () => identityReport(db, DEFAULT_WORKSPACE, subject), true],
      ["a person's events", () => identityEvents(db, DEFAULT_WORKSPACE, subject, {}, { limit: 50 }), true],
      ["application", () => applicationReport(db, DEFAULT_WORKSPACE, application), false],
      [
        "an application's events",
        () => applicationEvents(db, DEFAULT_WORKSPACE, application, {}, { limit: 50 }),
        true,
      ],
      [
        "its events before a day",
        () =>
          applicationEvents(db, DEFAULT_WORKSPACE, application, {}, { limit: 50, to: Date.UTC(2025, 0, 1) }),
        true,
      ],
      ["its trials", () => readTrials(db, DEFAULT_WORKSPACE, application), true],
      ["event", () => eventDetail(db, DEFAULT_WORKSPACE, event), true],
      ["the proof of an event", () => proveRecord(db, DEFAULT_WORKSPACE, event, Date.now()), true],
      ["failure", () => failureStory(db, DEFAULT_WORKSPACE, failures[0]?.id ?? ""), true],
      ["search for an event", () => search(db, DEFAULT_WORKSPACE, event), true],
      ["search for a name", () => search(db, DEFAULT_WORKSPACE, "ada"), false],
      ["sources", () => sourcesReport(db, DEFAULT_WORKSPACE), false],
      ["links", () => linksReport(db, DEFAULT_WORKSPACE), false],
      ...REPORT_NAMES.map(
        (name) =>
          [name, () => reportPage(db, DEFAULT_WORKSPACE, name, {}, { limit: 50 }), false] as [
            string,
            () => Promise<unknown>,
            boolean,
          ],
      ),
    ];
    for (const [page, work, reads] of pages) {
      const { whole, atMonths } = await looked(work);
      expect(whole, page).toEqual([]);
      // Those that are to read of the log have done so: nothing is looked at from beside it.
      expect(atMonths > 0, page).toBe(reads);
    }
  });
});
