/** The coverage of all customers is, of each, what the report for that customer alone says. */
import { beforeAll, describe, expect, it } from "vitest";
import type { Db } from "../../db/client.ts";
import { setSla } from "../applications/set-sla.ts";
import { commandLine } from "../auth/caller.ts";
import { ingest } from "../ingest/ingest.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { sampleCompany } from "../sample/company.ts";
import type { CoverageReport, ReportParams } from "./contract.ts";
import { recentReport } from "./recent.ts";
import { runReport } from "./run.ts";

const END = Date.parse("2026-06-30T12:00:00Z");
const WORKSPACE = "main";
/** Holds the records of the other workspace's sources that belong to nobody, and no others. */
const ALONE = "alone";
const CUSTOMERS = ["Globex", "Acme", null] as const;

/** Ingests a small company's records as those of a customer: each has another, with the same applications. */
async function ingestInto(db: Db, workspace: string, customer: (typeof CUSTOMERS)[number]): Promise<void> {
  const company = sampleCompany({ seed: 11 + CUSTOMERS.indexOf(customer), end: END, scale: 0.02 });
  for (const { source, format, chunks } of company.files) {
    const bytes = (async function* () {
      for (const chunk of chunks()) yield new TextEncoder().encode(chunk);
    })();
    const name = `${(customer ?? "own").toLowerCase()}-${source}`;
    const input = { chunks: bytes, file: name, bytesTotal: null, source: name, format };
    await ingest(db, workspace, commandLine(), customer === null ? input : { ...input, customer });
  }
}

const rowsOf = ({ rows }: CoverageReport, customer: string | null) =>
  rows.filter((row) => row.customer === customer);
const summaryOf = ({ customers }: CoverageReport, customer: string | null) =>
  customers?.find((one) => one.customer === customer)?.summary;

describe("coverage by customer", () => {
  const database = testDatabase();
  let alone: Db;
  const ask = (params: ReportParams = {}) =>
    runReport(database.db, WORKSPACE, "coverage", { by: "customer", asOf: END, ...params });

  beforeAll(async () => {
    alone = await database.in({ workspace: ALONE });
    for (const customer of CUSTOMERS) await ingestInto(database.db, WORKSPACE, customer);
    await ingestInto(alone, ALONE, null);
    const { rows } = await runReport(alone, ALONE, "coverage", { asOf: END });
    for (const [db, workspace] of [
      [database.db, WORKSPACE],
      [alone, ALONE],
    ] as const)
      await setSla(db, workspace, commandLine(), rows[0]?.application ?? "", 4);
  }, 120_000);

  it.each([
    ["at the end", {}],
    ["of a past day", { asOf: END - 120 * 86_400_000 }],
    ["of another window", { days: 14 }],
    ["of one application", { application: "slack" }],
  ] as [string, ReportParams][])("is of each what its own report says, %s", async (_when, params) => {
    const all = await ask(params);
    expect(all.customers?.map(({ customer }) => customer).sort()).toEqual([...CUSTOMERS].sort());
    for (const customer of ["Acme", "Globex"]) {
      const own = await runReport(database.db, WORKSPACE, "coverage", { asOf: END, ...params, customer });
      expect(rowsOf(all, customer)).toEqual(own.rows);
      expect(summaryOf(all, customer)).toEqual(own.summary);
      expect(all.window).toEqual(own.window);
      expect(all.settings).toEqual(own.settings);
      expect(all.slas).toEqual(expect.arrayContaining(own.slas));
    }
    const nobodys = await runReport(alone, ALONE, "coverage", { asOf: END, ...params });
    expect(rowsOf(all, null)).toEqual(nobodys.rows);
    expect(summaryOf(all, null)).toEqual(nobodys.summary);
    // Nothing is in it that belongs to none of them.
    expect(all.rows.length).toBe(CUSTOMERS.reduce((sum, customer) => sum + rowsOf(all, customer).length, 0));
  });

  it("has rows of each, the same applications among them, or this file tests nothing", async () => {
    const all = await ask();
    for (const customer of CUSTOMERS) expect(rowsOf(all, customer).length).toBeGreaterThan(2);
    expect(new Set(all.rows.map(({ application }) => application)).size).toBeLessThan(all.rows.length);
    expect(all.slas.length).toBeGreaterThan(0);
  });

  it("is as complete as the report of everybody", async () => {
    const all = await ask();
    const whole = await runReport(database.db, WORKSPACE, "coverage", { asOf: END });
    expect(all.completeness).toEqual(whole.completeness);
    expect(whole.customers).toBeNull();
  });

  it("is of the customer alone that is asked for, or that one may see", async () => {
    const acme = await ask({ customer: "Acme" });
    expect(acme.customers?.map(({ customer }) => customer)).toEqual(["Acme"]);
    const viewer = await database.in({ workspace: WORKSPACE, customer: "Acme" });
    const seen = await runReport(viewer, WORKSPACE, "coverage", { by: "customer", asOf: END });
    expect(seen).toEqual(acme);
    expect(JSON.stringify(seen)).not.toContain("Globex");
  });

  it("without any customer is one part, of nobody, with the whole report's rows", async () => {
    const all = await runReport(alone, ALONE, "coverage", { by: "customer", asOf: END });
    const whole = await runReport(alone, ALONE, "coverage", { asOf: END });
    expect(all).toEqual({ ...whole, customers: [{ customer: null, summary: whole.summary }] });
    const empty = await database.in({ workspace: "empty" });
    const nothing = await runReport(empty, "empty", "coverage", { by: "customer", asOf: END });
    expect(nothing.rows).toEqual([]);
    expect(nothing.completeness.sources).toEqual([]);
  });

  it("is kept until something changes", async () => {
    const params = { by: "customer", asOf: END } as const;
    const first = await recentReport(database.db, WORKSPACE, "coverage", params);
    expect(first.report).toEqual(await ask());
    expect(first.applications).toEqual(
      [...new Set(first.report.rows.map(({ application }) => application))].sort((a, b) =>
        a.localeCompare(b, "en"),
      ),
    );
    expect((await recentReport(database.db, WORKSPACE, "coverage", params)).report).toBe(first.report);
    // Another answer than that of the whole map for the same moment.
    const whole = await recentReport(database.db, WORKSPACE, "coverage", { asOf: END });
    expect(whole.report.customers).toBeNull();
  });
});
