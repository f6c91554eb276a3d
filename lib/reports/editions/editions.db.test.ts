/** Reports of large workspaces: kept by a process of its own, and told as if they had been worked out where they are asked for. */
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import {
  beginBuild,
  endBuild,
  readBuild,
  readEdition,
  readWishes,
  storeWish,
} from "../../../db/queries/editions.ts";
import { setSla } from "../../applications/set-sla.ts";
import { commandLine } from "../../auth/caller.ts";
import { acknowledgeFailures } from "../../failures/acknowledge-failures.ts";
import { undoFailureDecisions } from "../../failures/undo-failure-decisions.ts";
import { sealPerson } from "../../privacy/seal-person.ts";
import { bring, bringSample, privacyDatabase, WORKSPACE } from "../../privacy/testing.ts";
import { startWorker } from "../../worker/worker.ts";
import { applicationEvents, applicationReport } from "../application.ts";
import type { ReportName, ReportParams } from "../contract.ts";
import { failureStory } from "../failure-story.ts";
import { linksReport } from "../links.ts";
import { reportPage } from "../page.ts";
import { recentReport } from "../recent.ts";
import { REPORT_NAMES, runReport } from "../run.ts";
import { parseTable } from "../table.ts";
import { identityReport } from "../timeline.ts";
import { buildReports } from "./build.ts";
import { questionOf } from "./question.ts";

const AS_OF = Date.parse("2026-07-01T00:00:00Z");
const by = commandLine();

describe("reports of a large workspace", { timeout: 120_000 }, () => {
  const privacy = privacyDatabase();
  const db = () => privacy.database.db;
  const small = <T>(work: () => Promise<T>) => {
    vi.stubEnv("ROLLCALL_PAGES_PEOPLE", "1000000");
    return work().finally(() => vi.stubEnv("ROLLCALL_PAGES_PEOPLE", "0"));
  };
  const wish = (report: ReportName, params: ReportParams = {}) =>
    storeWish(db().sql, WORKSPACE, { report, question: questionOf(params), waits: true });
  const wishes = () => readWishes(db().sql, WORKSPACE);
  const build = () => buildReports(db(), WORKSPACE);
  beforeAll(async () => {
    vi.stubEnv("ROLLCALL_PAGES_PEOPLE", "0");
    await bringSample(db(), 11);
  }, 120_000);
  afterAll(() => {
    vi.unstubAllEnvs();
  });

  it("are told to be under way as long as there are none", async () => {
    await expect(recentReport(db(), WORKSPACE, "coverage")).rejects.toThrow("about to be worked out");
  });

  it.each(REPORT_NAMES)(
    "say in %s what is said where it is worked out, whole and page by page",
    async (name) => {
      const params = { asOf: AS_OF };
      await wish(name, params);
      await build();
      const { report, applications } = await recentReport(db(), WORKSPACE, name, params);
      const plain = await runReport(db(), WORKSPACE, name, params);
      expect(report).toEqual(plain);
      expect(applications.length).toBeGreaterThan(3);
      for (const search of ["", "q=a", "sort=-application"]) {
        const table = parseTable(
          name,
          new URLSearchParams(name === "overview" || name === "completeness" ? "" : search),
        );
        const pages = () => reportPage(db(), WORKSPACE, name, params, { limit: 13, table });
        expect(await pages()).toEqual(await small(pages));
      }
    },
  );

  /** As a small workspace tells it, of the same moment: what is told of now may be some milliseconds older. */
  const alike = <T>(found: T): T =>
    JSON.parse(JSON.stringify(found), (key, value: unknown) => (key === "asOf" ? "" : value)) as T;

  it("are told of applications, causes of failures, people and who is who as where all is held", async () => {
    await defaults();
    const now = Date.parse((await kept("coverage")).asOf);
    vi.useFakeTimers({ now, toFake: ["Date"] });
    try {
      const { rows: applications } = await kept("coverage");
      for (const { application } of applications) {
        const told = () => applicationReport(db(), WORKSPACE, application);
        expect(await told(), application).toEqual(await small(told));
        const events = () => applicationEvents(db(), WORKSPACE, application, {}, { limit: 20 });
        expect(await events(), application).toEqual(await small(events));
      }
      expect(applications.length).toBeGreaterThan(10);
      for (const { id } of (await kept("failures")).rows) {
        const story = () => failureStory(db(), WORKSPACE, id);
        expect(alike(await story())).toEqual(alike(await small(story)));
      }
      expect(await failureStory(db(), WORKSPACE, "0123456789abcdef")).toBeNull();
      const links = () => linksReport(db(), WORKSPACE);
      expect(await links()).toEqual(await small(links));
      const people = await privacy.database.owner.sql<{ subject: string }[]>`
        select subject from subjects order by md5(subject) limit 60`;
      for (const { subject } of people) {
        const person = () => identityReport(db(), WORKSPACE, subject);
        expect(await person(), subject).toEqual(await small(person));
      }
      expect(await identityReport(db(), WORKSPACE, "p:nobody:1")).toBeNull();
    } finally {
      vi.useRealTimers();
    }
  });

  it("are told of a past moment when that was worked out", async () => {
    const asOf = Date.parse("2026-03-01T00:00:00Z");
    const [first] = await small(() => runReport(db(), WORKSPACE, "failures", { asOf })).then(
      ({ rows }) => rows,
    );
    const [person] = await small(() => runReport(db(), WORKSPACE, "offboarding", { asOf })).then(
      ({ rows }) => rows,
    );
    if (first === undefined || person === undefined) throw new Error("Nothing was amiss then.");
    const { subject, application } = person;
    const asks: (() => Promise<object | null>)[] = [
      () => failureStory(db(), WORKSPACE, first.id, { asOf }),
      () => identityReport(db(), WORKSPACE, subject, { asOf }),
      () => applicationReport(db(), WORKSPACE, application, { asOf }),
    ];
    for (const ask of asks) {
      // One may wait for several documents.
      for (let tries = 0; tries < 3; tries++) {
        const asked = ask().catch(() => null);
        await vi.waitFor(async () => expect(await build()).toBeGreaterThan(0), 2_000).catch(() => {});
        await asked;
      }
      expect(await ask()).toEqual(await small(ask));
    }
  });

  const kept = async <N extends ReportName>(name: N) => (await recentReport(db(), WORKSPACE, name)).report;
  const defaults = async () => {
    await wish("overview");
    return build();
  };

  it("are kept all at once, of one moment, for whoever asks for one", async () => {
    expect(await defaults()).toBeGreaterThan(REPORT_NAMES.length);
    const moments = new Set<string>();
    for (const name of REPORT_NAMES) moments.add((await kept(name)).asOf);
    expect(moments.size).toBe(1);
    expect(await build()).toBe(0);
    expect(await readBuild(db().sql, WORKSPACE)).toMatchObject({
      problem: null,
      endedAt: expect.any(String),
    });
  });

  it("tell at once what was decided of failures, and what was taken back", async () => {
    const before = await kept("failures");
    const group = before.rows.find(({ state }) => state === "open");
    if (group === undefined) throw new Error("Nothing fails.");
    const row = async () => (await kept("failures")).rows.find(({ id }) => id === group.id);
    const decisions = await acknowledgeFailures(db(), WORKSPACE, by, [group.id]);
    const known = await kept("failures");
    expect(known.renewing).toBeUndefined();
    expect(known.asOf).toBe(before.asOf);
    expect(await row()).toEqual({ ...group, state: "acknowledged", newSince: 0 });
    expect(known.rows.map(({ id }) => id)).toEqual(before.rows.map(({ id }) => id));
    const table = parseTable("failures", new URLSearchParams("f.state=acknowledged"));
    const page = await reportPage(db(), WORKSPACE, "failures", {}, { limit: 5, table });
    expect(page.rows.map(({ id }) => id)).toEqual([group.id]);
    await undoFailureDecisions(db(), WORKSPACE, by, decisions);
    expect(await row()).toEqual(group);
  });

  it("say when something has changed since, and are of it once they were worked out again", async () => {
    const before = await kept("offboarding");
    expect(before.renewing).toBeUndefined();
    const [application] = before.rows.map((row) => row.application);
    if (application === undefined) throw new Error("Nobody left.");
    await setSla(db(), WORKSPACE, by, application, 1_000);
    const meanwhile = await kept("offboarding");
    expect(meanwhile).toEqual({ ...before, renewing: true });
    expect(await wishes()).toContainEqual({ report: "offboarding", question: "", waits: true });
    await build();
    const after = await kept("offboarding");
    expect(after.renewing).toBeUndefined();
    expect(after.slas).toContainEqual({ application, hours: 1_000 });
  });

  it("are wished for when records have come, but nobody waits for them", async () => {
    await bring(db(), "okta", "okta", ["[]"]);
    expect((await kept("offboarding")).renewing).toBe(true);
    expect(await wishes()).toContainEqual({ report: "offboarding", question: "", waits: false });
    await build();
    expect(await wishes()).toEqual([]);
  });

  it("keep their pages of one moment when they were worked out again meanwhile", async () => {
    const first = await reportPage(db(), WORKSPACE, "accounts", {}, { limit: 5 });
    await defaults();
    const { next } = first.page;
    if (next === null) throw new Error("There is one page only.");
    const second = await reportPage(db(), WORKSPACE, "accounts", {}, { limit: 5, cursor: next });
    expect(second.asOf).toBe(first.asOf);
    expect((await kept("accounts")).asOf).not.toBe(first.asOf);
    const whole = await runReport(db(), WORKSPACE, "accounts", { asOf: Date.parse(first.asOf) });
    expect([...first.rows, ...second.rows]).toEqual(whole.rows.slice(0, 10));
  });

  it("are taken away some time after newer ones have come", async () => {
    const { sql } = privacy.database.owner;
    const ids = async (which: string) =>
      new Set(
        (await sql.unsafe<{ edition: string }[]>(`select edition from report_editions where ${which}`)).map(
          ({ edition }) => edition,
        ),
      );
    const left = async (of: ReadonlySet<string>) =>
      [...(await ids("true"))].filter((id) => of.has(id)).length;
    const [old, past, present] = [
      await ids("superseded_at is not null"),
      await ids(`superseded_at is null and question like '%"asOf"%'`),
      await ids(`superseded_at is null and question not like '%"asOf"%'`),
    ];
    expect(Math.min(old.size, past.size, present.size)).toBeGreaterThan(5);
    await sql`update report_editions set superseded_at = now() - interval '9 minutes' where superseded_at is not null`;
    await sql`update report_editions set built_at = now() - interval '3 hours'`;
    await defaults();
    expect(await left(old)).toBe(old.size);
    expect(await left(past)).toBe(past.size);
    expect(await left(present)).toBe(present.size);
    await sql`update report_editions set superseded_at = now() - interval '11 minutes' where superseded_at is not null`;
    await sql`update report_editions set built_at = now() - interval '3 days'`;
    await defaults();
    expect(await left(old)).toBe(0);
    expect(await left(past)).toBe(0);
    expect(await left(present)).toBe(0);
    const [{ lost } = { lost: -1 }] = await sql<{ lost: number }[]>`
      select count(*)::int4 lost from report_blocks b
      where not exists (select from report_editions e where e.edition = b.edition)`;
    expect(lost).toBe(0);
  });

  it("are there no more once somebody was sealed, also those that were under way, and then name nobody", async () => {
    const { owner } = privacy.database;
    const [person] = await owner.sql<{ userName: string }[]>`
      select s.user_name as "userName" from subjects s
      where kind = 'identity' and (select count(*) from subjects o where o.user_name = s.user_name) = 1 order by 1`;
    if (person === undefined) throw new Error("There is nobody.");
    await wish("accounts");
    const building = build();
    await sealPerson(privacy.around, { identity: person.userName, reason: "asked for it" });
    await building;
    await defaults();
    for (const name of REPORT_NAMES)
      expect(JSON.stringify(await kept(name)).toLowerCase(), name).not.toContain(
        person.userName.toLowerCase(),
      );
    await sealPerson(privacy.around, { identity: await another(), reason: "asked for it" });
    expect(await readEdition(db().sql, WORKSPACE, { report: "accounts", question: "" })).toBeNull();
  });

  async function another(): Promise<string> {
    const [row] = await privacy.database.owner.sql<{ subject: string }[]>`
      select subject from subjects s where kind = 'identity'
        and (select count(*) from subjects o where o.user_name = s.user_name) = 1 order by user_name desc limit 1`;
    return row?.subject ?? "";
  }

  it.each([
    [10, 40],
    [70, 280],
    [200, 300],
    [900, 900],
  ])("are followed by a rest: what took %i s by one of %i s", async (took, rest) => {
    const { owner } = privacy.database;
    await beginBuild(db().sql, WORKSPACE, 1);
    await owner.sql`
      update report_builds set began_at = statement_timestamp() - make_interval(secs => ${took})
      where workspace_id = ${WORKSPACE}`;
    await endBuild(db().sql, WORKSPACE, null);
    const [build] = await owner.sql<{ rest: number; took: number }[]>`
      select extract(epoch from rest_until - ended_at)::float8 rest, extract(epoch from ended_at - began_at)::float8 took
      from report_builds where workspace_id = ${WORKSPACE}`;
    // The clock went on while it was written, and times are kept in whole milliseconds.
    expect(build?.took).toBeGreaterThanOrEqual(took - 0.01);
    expect(build?.rest).toBeGreaterThanOrEqual(rest - 0.01);
    expect(build?.rest).toBeLessThan(1.1 * rest);
  });

  it("are worked out by a worker's process, also after one that was stopped in its midst", async () => {
    const { url, access } = privacy.database;
    const start = () =>
      startWorker({ url, access, scoped: () => db(), installation: "secret", lookEvery: 100 });
    // What it works out can't be stored before it has been stopped.
    await privacy.database.owner.sql.begin(async (sql) => {
      await sql`/* cross-workspace: a test holds the table */ lock table report_blocks in share mode`;
      const stopped = await start();
      await wish("coverage");
      await vi.waitFor(
        async () => expect(await readBuild(db().sql, WORKSPACE)).toMatchObject({ endedAt: null }),
        60_000,
      );
      await stopped();
    });
    expect(await readEdition(db().sql, WORKSPACE, { report: "coverage", question: "" })).toBeNull();
    const workers = await Promise.all([start(), start()]);
    try {
      const until = performance.now() + 60_000;
      while ((await readEdition(db().sql, WORKSPACE, { report: "coverage", question: "" })) === null) {
        if (performance.now() > until) throw new Error("No worker has worked it out.");
        await delay(100);
      }
      expect((await kept("coverage")).rows.length).toBeGreaterThan(0);
    } finally {
      await Promise.all(workers.map((stop) => stop()));
    }
  });
});
