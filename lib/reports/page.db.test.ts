/** Reports as pages and the HTTP API show them: page by page, and kept while nothing changes. */
import { beforeAll, describe, expect, it, vi } from "vitest";
import { commandLine } from "../auth/caller.ts";
import { oktaLog } from "../bench/okta-log.ts";
import { ingest } from "../ingest/ingest.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { codedRows } from "./coded.ts";
import { parsePage, reportPage, reportRows } from "./page.ts";
import { ParamProblem } from "./params.ts";
import { recentReport } from "./recent.ts";
import { REPORT_NAMES, runReport } from "./run.ts";
import { arrange, parseTable } from "./table.ts";

const WORKSPACE = "main";

async function* bytes(seed: number): AsyncGenerator<Uint8Array> {
  yield* oktaLog(3_000, seed);
}

describe("a report page by page", () => {
  const database = testDatabase();
  const load = (seed: number) =>
    ingest(database.db, WORKSPACE, commandLine(), {
      chunks: bytes(seed),
      file: null,
      bytesTotal: null,
      source: `okta-${seed}`,
    });

  beforeAll(() => load(1));

  it.each(REPORT_NAMES)("gives all rows of %s, each once, and its figures on every page", async (name) => {
    const { db } = database;
    const first = await reportPage(db, WORKSPACE, name, {}, { limit: 7 });
    const whole = await runReport(db, WORKSPACE, name, { asOf: Date.parse(first.asOf) });
    expect(first.page.total).toBe(whole.rows.length);
    const rows: unknown[] = [...first.rows];
    let { next } = first.page;
    while (next !== null) {
      const page = await reportPage(db, WORKSPACE, name, {}, { limit: 7, cursor: next });
      expect(page.rows.length).toBeGreaterThan(0);
      expect("summary" in page ? page.summary : null).toEqual("summary" in whole ? whole.summary : null);
      rows.push(...page.rows);
      next = page.page.next;
    }
    const shortened = (list: readonly unknown[]) =>
      list.map((row) => ({
        ...(row as { items?: unknown[] }),
        items: (row as { items?: unknown[] }).items?.slice(0, 1),
      }));
    expect(shortened(rows)).toEqual(shortened(whole.rows));
  });

  it.each(REPORT_NAMES)(
    "gives the rows of %s without what stands beside them, page by page",
    async (name) => {
      const { db } = database;
      for (let cursor: string | undefined, more = true; more; ) {
        const wish = { limit: 40, cursor };
        const { asOf, rows, page } = await reportPage(db, WORKSPACE, name, {}, wish);
        expect(await reportRows(db, WORKSPACE, name, {}, wish)).toEqual({ asOf, rows, page });
        more = page.next !== null;
        cursor = page.next ?? undefined;
      }
    },
  );

  it("gives the rows that are filtered and sorted at once, on all pages together", async () => {
    const { db } = database;
    const search = "sort=-lastActivityAt,application&f.active=true&q=a&facets=application";
    const table = parseTable("accounts", new URLSearchParams(search));
    const page = (cursor?: string) => reportPage(db, WORKSPACE, "accounts", {}, { limit: 7, cursor, table });
    const first = await page();
    const whole = await runReport(db, WORKSPACE, "accounts", { asOf: Date.parse(first.asOf) });
    const rows = [...first.rows];
    for (let { next } = first.page; next !== null; ) {
      const more = await page(next);
      rows.push(...more.rows);
      next = more.page.next;
    }
    const wanted = await arrange(codedRows("accounts", whole.rows), table);
    expect(rows).toEqual([...wanted].map((at) => whole.rows[at]));
    expect(rows.length).toBeGreaterThan(14);
    expect(first.page).toMatchObject({ total: rows.length, all: whole.rows.length });
    const counted = first.page.facets?.application?.values.map(({ rows: count }) => count) ?? [];
    expect(counted.reduce((a, b) => a + b, 0)).toBe(rows.length);
  });

  it("refuses a cursor of other filters or another order", async () => {
    const { db } = database;
    const page = (search: string, cursor?: string) =>
      reportPage(
        db,
        WORKSPACE,
        "accounts",
        {},
        { limit: 5, cursor, table: parseTable("accounts", new URLSearchParams(search)) },
      );
    const { next } = (await page("f.active=true&sort=account")).page;
    if (next === null) throw new Error("There is one page only.");
    expect((await page("sort=account&f.active=true&columns=account", next)).rows.length).toBe(5);
    for (const other of ["sort=account", "f.active=true&sort=-account", ""]) {
      await expect(page(other, next), other).rejects.toThrow("cursor is of a page with other filters");
    }
  });

  it("keeps its pages of one moment, whatever comes meanwhile", async () => {
    const { db } = database;
    const first = await reportPage(db, WORKSPACE, "accounts", {}, { limit: 5 });
    await load(2);
    const second = await reportPage(
      db,
      WORKSPACE,
      "accounts",
      {},
      { limit: 5, cursor: first.page.next ?? "" },
    );
    expect(second.asOf).toBe(first.asOf);
    const now = await reportPage(db, WORKSPACE, "accounts", {}, { limit: 5 });
    expect(now.page.total).toBeGreaterThan(first.page.total);
  });

  it("is the same one while nothing changes, and another after any change", async () => {
    const { db } = database;
    const { report } = await recentReport(db, WORKSPACE, "failures");
    expect((await recentReport(db, WORKSPACE, "failures")).report).toBe(report);
    await load(3);
    const later = (await recentReport(db, WORKSPACE, "failures")).report;
    expect(later).not.toBe(report);
    expect(later.completeness.sources.length).toBe(report.completeness.sources.length + 1);
  });

  it("is still the answer for its own moment when time has brought a newer one", async () => {
    const { db } = database;
    const { report } = await recentReport(db, WORKSPACE, "accounts");
    const later = Date.now() + 10 * 60_000;
    const clock = vi.spyOn(Date, "now").mockReturnValue(later);
    // Ages are not told by the day's clock, which may be set.
    const age = vi.spyOn(performance, "now").mockReturnValue(performance.now() + 10 * 60_000);
    try {
      expect((await recentReport(db, WORKSPACE, "accounts")).report.asOf).not.toBe(report.asOf);
      const asOf = Date.parse(report.asOf);
      expect((await recentReport(db, WORKSPACE, "accounts", { asOf })).report).toBe(report);
    } finally {
      clock.mockRestore();
      age.mockRestore();
    }
  });

  it("says which parameter can't be understood", async () => {
    expect(parsePage({})).toBeNull();
    expect(parsePage({ limit: "20" })).toEqual({ limit: 20, cursor: undefined });
    for (const raw of [
      { limit: "0" },
      { limit: "many" },
      { limit: "1001" },
      { cursor: "bm9uZQ" },
      { cursor: "" },
      { limit: "5", only: "figures" },
      { limit: "5", curves: "none" },
    ]) {
      expect(() => parsePage(raw)).toThrow(ParamProblem);
    }
  });
});
