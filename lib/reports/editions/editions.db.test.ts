/** Reports of large workspaces: kept by a process of its own, and told as if they had been worked out where they are asked for. */
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readBuild, readEdition, storeWish } from "../../../db/queries/editions.ts";
import { setSla } from "../../applications/set-sla.ts";
import { commandLine } from "../../auth/caller.ts";
import { acknowledgeFailures } from "../../failures/acknowledge-failures.ts";
import { undoFailureDecisions } from "../../failures/undo-failure-decisions.ts";
import { sealPerson } from "../../privacy/seal-person.ts";
import { bringSample, privacyDatabase, WORKSPACE } from "../../privacy/testing.ts";
import { startWorker } from "../../worker/worker.ts";
import type { ReportName, ReportParams } from "../contract.ts";
import { reportPage } from "../page.ts";
import { recentReport } from "../recent.ts";
import { REPORT_NAMES, runReport } from "../run.ts";
import { parseTable } from "../table.ts";
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

  const kept = async <N extends ReportName>(name: N) => (await recentReport(db(), WORKSPACE, name)).report;
  const defaults = async () => {
    await wish("overview");
    return build();
  };

  it("are kept all at once, of one moment, for whoever asks for one", async () => {
    expect(await defaults()).toBe(REPORT_NAMES.length);
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
    await build();
    const after = await kept("offboarding");
    expect(after.renewing).toBeUndefined();
    expect(after.slas).toContainEqual({ application, hours: 1_000 });
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
    const { owner } = privacy.database;
    const count = async () => {
      const [row] = await owner.sql<[{ editions: number; blocks: number }]>`
        select (select count(*)::int4 from report_editions) editions,
          (select count(distinct edition)::int4 from report_blocks) blocks`;
      return row;
    };
    const of = async (question: string) =>
      (await owner.sql`select from report_editions where (question = '') = ${question === ""}`).length;
    const before = await of("");
    expect(await of("past")).toBe(REPORT_NAMES.length);
    await owner.sql`update report_editions set superseded_at = now() - interval '9 minutes' where superseded_at is not null`;
    await owner.sql`update report_editions set built_at = now() - interval '3 days' where question <> ''`;
    await defaults();
    expect((await count()).editions).toBe(before + REPORT_NAMES.length);
    await owner.sql`update report_editions set superseded_at = now() - interval '11 minutes' where superseded_at is not null`;
    await defaults();
    const left = await count();
    expect(left.editions).toBe(REPORT_NAMES.length * 2);
    expect(left.blocks).toBeLessThanOrEqual(left.editions);
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

  it("are worked out by a worker's process, also after one that was stopped in its midst", async () => {
    const { url, access } = privacy.database;
    const start = () =>
      startWorker({ url, access, scoped: () => db(), installation: "secret", lookEvery: 100 });
    const stopped = await start();
    await wish("coverage");
    await vi.waitFor(
      async () => expect(await readBuild(db().sql, WORKSPACE)).toMatchObject({ endedAt: null }),
      20_000,
    );
    await stopped();
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
