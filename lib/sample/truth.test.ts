/** The planted truth: every state that a report can show is there, and the truth agrees with itself. */
import { describe, expect, it } from "vitest";
import { sampleCompany } from "./company.ts";
import { kaplanMeier, nearestRank, type Observation } from "./truth/percentiles.ts";
import type { SampleTruth } from "./truth/rows.ts";

const END = Date.parse("2026-11-20T12:00:00Z");
const values = <T>(items: T[]) => [...new Set(items)].sort();

/** Every status and state in the truth. */
function shown(truth: SampleTruth) {
  const { offboarding, failures, coverage, dormant } = truth;
  return {
    steps: values(offboarding.rows.map(({ status }) => status)),
    triggers: values(offboarding.rows.map(({ trigger }) => trigger)),
    failures: values(failures.rows.map(({ state }) => state)),
    coverage: values(coverage.rows.flatMap(({ cells }) => Object.values(cells).map(({ state }) => state))),
    uncovered: values(coverage.rows.map(({ uncovered }) => uncovered)),
    dormant: values(dormant.rows.map(({ status }) => status)),
    credentials: values(dormant.credentials.map(({ status }) => status)),
    active: values(truth.accounts.rows.map(({ active }) => active)),
  };
}

const ALL = {
  steps: ["completed", "early", "failing", "open", "rehired"],
  triggers: ["deactivate", "delete", "suspend"],
  failures: ["open", "resolved"],
  coverage: ["automated", "degraded", "manual", "none", "untested"],
  uncovered: [false, true],
  dormant: ["dormant", "never-used", "orphan", "zombie"],
  credentials: ["active", "never-used", "no-owner", "owner-left", "unused"],
  active: [false, true],
};

describe.each([
  { scale: 1, seed: 1 },
  { scale: 0.1, seed: 1 },
  { scale: 0.1, seed: 2 },
  { scale: 0.1, seed: 3 },
])("the truth at scale $scale, seed $seed", ({ scale, seed }) => {
  const { truth } = sampleCompany({ seed, end: END, scale });

  it("shows every status", () => {
    expect(shown(truth)).toEqual(ALL);
  });

  it("shows every planted class of error", () => {
    expect(values(truth.failures.rows.map(({ errorClass }) => errorClass))).toEqual([
      "authentication",
      "licence",
      "missing-attribute",
      "not-found",
      "quarantine",
      "rate-limit",
      "server",
      "timeout",
      "uniqueness",
    ]);
  });

  it("sums up its offboarding rows", () => {
    const { summary, rows } = truth.offboarding;
    const { completed, early, open, failing, rehired, steps } = summary;
    expect(completed + early + open + failing + rehired).toBe(steps);
    expect(rows).toHaveLength(steps);
    expect(summary.accessAfterLeaving).toBeGreaterThan(1);
    expect(summary.accessAfterLeaving).toBeLessThanOrEqual(summary.leavers);
    expect(
      rows.some(({ accessAfterLeaving, application }) => accessAfterLeaving && application === "Okta"),
    ).toBe(true);
    for (const { status, endedAt, latency, leftAt } of rows) {
      const ended = status === "completed" || status === "early";
      expect(endedAt !== null).toBe(ended);
      expect(latency !== null).toBe(ended);
      if (status === "completed" && endedAt !== null) {
        expect(latency).toBe(Math.floor((Date.parse(endedAt) - Date.parse(leftAt)) / 1000));
      }
    }
  });

  it("flatters when the open steps are left out", () => {
    const { naive, kaplanMeier: honest } = truth.offboarding.summary;
    expect(naive.p50).not.toBeNull();
    expect(honest.p50 ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(naive.p50 ?? 0);
    expect(honest.p95 ?? Number.POSITIVE_INFINITY).toBeGreaterThan(naive.p95 ?? 0);
  });

  it("sums up its failure rows", () => {
    const { summary, rows } = truth.failures;
    expect(summary.groups).toBe(rows.length);
    expect(summary.open).toBe(rows.filter(({ state }) => state === "open").length);
    for (const { attempts, affected, open, firstSeen, lastSeen } of rows) {
      expect(open).toBeLessThanOrEqual(affected);
      expect(affected).toBeLessThanOrEqual(attempts);
      expect(firstSeen <= lastSeen).toBe(true);
    }
  });

  it("ranks applications without gaps, those with most manual changes first", () => {
    const rows = [...truth.coverage.rows].sort((a, b) => a.rank - b.rank);
    expect(rows.map(({ rank }) => rank)).toEqual(rows.map((_, i) => i + 1));
    const manual = rows.map(({ cells }) => Object.values(cells).reduce((sum, cell) => sum + cell.manual, 0));
    expect(manual).toEqual([...manual].sort((a, b) => b - a));
    expect(manual[0]).toBeGreaterThan(0);
  });

  it("counts the same active accounts in every report", () => {
    const active = truth.accounts.rows.filter((row) => row.active);
    for (const { application, accounts } of truth.coverage.rows) {
      expect(active.filter((row) => row.application === application)).toHaveLength(accounts);
    }
    const ids = new Set(active.map(({ account }) => account));
    for (const { account } of truth.dormant.rows) expect(ids).toContain(account);
  });

  it("tells of every account once, and of open steps as active accounts", () => {
    const { rows } = truth.accounts;
    const byId = new Map(rows.map((row) => [row.account, row]));
    expect(byId.size).toBe(rows.length);
    for (const { status, account, application, identity } of truth.offboarding.rows) {
      if (application === "Okta") continue;
      const row = byId.get(account);
      expect(row?.identity).toBe(identity.userName);
      if (status === "open" || status === "failing") expect(row?.active).toBe(true);
    }
  });
});

describe("percentiles", () => {
  const ended = (seconds: number): Observation => ({ seconds, ended: true });
  const watched = (seconds: number): Observation => ({ seconds, ended: false });

  it("take the nearest rank of what ended", () => {
    const ten = Array.from({ length: 10 }, (_, i) => ended(i + 1));
    expect(nearestRank(ten, 0.5)).toBe(5);
    expect(nearestRank(ten, 0.95)).toBe(10);
    expect(nearestRank([...ten, watched(0), watched(99)], 0.5)).toBe(5);
    expect(nearestRank([watched(3)], 0.5)).toBeNull();
  });

  // Remission times of the 6-MP group of Freireich et al. (1963), the textbook example: the median is 23 weeks.
  it("find the median of the textbook's censored times", () => {
    const times = [6, 6, 6, 7, 10, 13, 16, 22, 23].map(ended);
    const censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map(watched);
    expect(kaplanMeier([...times, ...censored], 0.5)).toBe(23);
    expect(kaplanMeier([...times, ...censored], 0.95)).toBeNull();
  });
});
