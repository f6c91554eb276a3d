import { describe, expect, it } from "vitest";
import type { CoverageCell, CoverageReport, CoverageRow } from "./contract.ts";
import { exampleReports } from "./fixtures.ts";
import { planCsv, planRows } from "./plan.ts";

const example = exampleReports.coverage.rows[0] as CoverageRow;
const cell = (part: Partial<CoverageCell>): CoverageCell => ({ ...example.cells.joiner, ...part });

const uncovered: CoverageRow = {
  ...example,
  application: "Payroll",
  rank: 1,
  uncovered: true,
  people: 1,
  cells: {
    joiner: cell({
      state: "manual",
      manual: 3,
      why: "3 changes in the window that no provisioning explains.",
    }),
    mover: cell({
      state: "none",
      lastEventId: null,
      why: "No provisioning event and no change was ever seen.",
    }),
    roles: cell({ state: "none", lastEventId: null }),
    leaver: cell({ state: "manual", manual: 2, lastEventId: "b:0" }),
  },
};
const half: CoverageRow = {
  ...example,
  application: "=Wiki()",
  rank: 2,
  cells: { ...example.cells, leaver: cell({ state: "degraded", manual: 1 }) },
};
const beside: CoverageRow = {
  ...example,
  application: "Chat",
  rank: 3,
  cells: { ...example.cells, mover: cell({ manual: 4 }) },
};
const report = (rows: CoverageRow[]): CoverageReport => ({ ...exampleReports.coverage, rows });

describe("planRows", () => {
  it("leaves out what is carried, and keeps the report's order", () => {
    const rows = planRows(report([beside, half, example, uncovered]));
    expect(rows.map(({ application }) => application)).toEqual(["Payroll", "=Wiki()", "Chat"]);
  });

  it("says of an application that is not connected that it is to be, and what for", () => {
    const [row] = planRows(report([uncovered]));
    expect(row?.what).toBe(
      "Connect the application, and let provisioning create accounts, carry changes of attributes, carry groups and roles and deactivate or delete accounts.",
    );
    expect(row?.why).toBe(
      "5 changes in 90 days made without provisioning, 1 person exposed and 1 of 9 active accounts not made by it.",
    );
    expect(row?.missing.map(({ capability, state, eventId }) => [capability, state, eventId])).toEqual([
      ["joiner", "manual", example.cells.joiner.lastEventId],
      ["mover", "none", null],
      ["roles", "none", null],
      ["leaver", "manual", "b:0"],
    ]);
  });

  it("names of a connected one only what is missing, and of one that has all what goes beside it", () => {
    const [first, second] = planRows(report([half, beside]));
    expect(first?.what).toBe("Extend provisioning to deactivate or delete accounts.");
    expect(second).toMatchObject({
      what: "Let provisioning make the changes that are still made beside it.",
      manualChanges: 4,
      missing: [],
    });
  });

  it("gives a reason also where nothing but a sign-in was seen long ago", () => {
    const quiet = { ...uncovered, people: 0, accounts: 0, notByScim: { accounts: 0, entitlements: 0 } };
    quiet.cells = { joiner: cell({}), mover: cell({}), roles: cell({}), leaver: cell({}) };
    expect(planRows(report([quiet]))[0]?.why).toBe(
      "Accounts or sign-ins were seen, never a provisioning event.",
    );
  });
});

describe("planCsv", () => {
  it("has a line for each application, links to its proofs, and no formula", () => {
    const csv = planCsv(report([uncovered, half]), "https://rollcall.example");
    expect(csv.split("\n")[0]).toBe(
      "rank,application,what,why,manualChanges,people,accounts,accountsNotByScim,entitlementsNotByScim,missing,proofs",
    );
    expect(csv.trimEnd().split("\n")).toHaveLength(3);
    expect(csv).toContain("https://rollcall.example/events/b%3A0");
    expect(csv).toContain("'=Wiki()");
  });

  it("keeps its header without a row", () => {
    expect(
      planCsv(report([example]), "")
        .trimEnd()
        .split("\n"),
    ).toHaveLength(1);
  });
});
