/** An SLA set for one application: what it changes in the reports, and what it leaves alone. */
import { beforeAll, describe, expect, it } from "vitest";
import { setSla as setSlaOf } from "../applications/set-sla.ts";
import { commandLine } from "../auth/caller.ts";
import { ingest } from "../ingest/ingest.ts";
import { applicationKey } from "../lifecycle/refs.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { sampleCompany } from "../sample/company.ts";
import { runReport } from "./run.ts";

const END = Date.parse("2026-06-30T12:00:00Z");
const WORKSPACE = "main";
const DAY_SECONDS = 86_400;

describe("the SLA of one application", () => {
  const database = testDatabase();
  const offboarding = (application?: string) =>
    runReport(database.db, WORKSPACE, "offboarding", { asOf: END, application });
  const coverage = () => runReport(database.db, WORKSPACE, "coverage", { asOf: END });
  const setSla = (application: string, slaHours: number) =>
    setSlaOf(database.db, WORKSPACE, commandLine(), application, slaHours);

  beforeAll(async () => {
    for (const { source, format, chunks } of sampleCompany({ seed: 7, end: END, scale: 0.1 }).files) {
      const bytes = async function* () {
        for (const chunk of chunks()) yield new TextEncoder().encode(chunk);
      };
      await ingest(database.db, WORKSPACE, commandLine(), {
        chunks: bytes(),
        file: null,
        bytesTotal: null,
        source,
        format,
      });
    }
  });

  it("flips what is past it there, and nothing elsewhere; taken away, all is as before", async () => {
    const before = await offboarding();
    const quick = before.rows.find((row) => row.latency !== null && row.latency > 60 && !row.breached);
    const application = quick?.application ?? "";
    const limit = (quick?.latency ?? 0) - 1;
    await setSla(application, limit / 3600);
    const after = await offboarding();
    const elapsed = (row: (typeof after.rows)[number]) => row.latency ?? row.openFor ?? -1;
    for (const row of after.rows) {
      const sla = row.application === application ? limit : DAY_SECONDS;
      expect(row.slaSeconds).toBe(sla);
      // To the second: the rule compares milliseconds.
      if (elapsed(row) !== sla) expect(row.breached).toBe(elapsed(row) > sla);
    }
    expect(after.summary.breached).toBeGreaterThan(before.summary.breached);
    expect(after.summary.withinSla).toBeLessThan(before.summary.withinSla);
    expect(after.slas).toEqual([{ application, hours: limit / 3600 }]);
    expect(after.settings.slaSeconds).toBe(DAY_SECONDS);
    expect(after.curve).toEqual(before.curve);

    await setSlaOf(database.db, WORKSPACE, commandLine(), application, null);
    expect(await offboarding()).toEqual(before);
  });

  it("decides which leavers make an application's coverage late", async () => {
    const late = async () =>
      (await coverage()).rows.filter((row) => /past the SLA/u.test(row.cells.leaver.why));
    const [row] = await late();
    expect(row).toBeDefined();
    const application = row?.application ?? "";
    await setSla(application, 8760);
    expect((await late()).map((one) => one.application)).not.toContain(application);
    expect((await coverage()).slas).toEqual([{ application, hours: 8760 }]);
    await setSlaOf(database.db, WORKSPACE, commandLine(), application, null);
    expect((await late()).map((one) => one.application)).toContain(application);
  });

  it("is named by the reports that used it alone", async () => {
    const { rows } = await offboarding();
    const [one, other] = [...new Set(rows.map((row) => row.application))];
    await setSla(one ?? "", 4);
    await setSla("Not in use", 4);
    expect((await offboarding(one)).slas).toEqual([{ application: one, hours: 4 }]);
    expect((await offboarding(other)).slas).toEqual([]);
  });

  it("leaves the groups summing up to the whole", async () => {
    const { groups, summary, rows } = await offboarding();
    const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
    for (const kind of [groups.application, groups.department, groups.customer, groups.month]) {
      expect(sum(kind.map((group) => group.steps))).toBe(summary.steps);
      expect(sum(kind.map((group) => group.breached))).toBe(summary.breached);
    }
    expect(sum(groups.month.map((group) => group.leavers))).toBe(summary.leavers);
    expect(rows.some((row) => row.department !== null)).toBe(true);
    expect(groups.month.length).toBeGreaterThan(1);
  });
});
