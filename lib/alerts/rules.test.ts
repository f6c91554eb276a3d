import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FailureRow, OffboardingRow, ReconciliationRow } from "../reports/contract.ts";
import { exampleReports } from "../reports/fixtures.ts";
import { usualGap } from "./rules/silence.ts";
import { conditionsOf, type Looked, RULE_NAMES, settingsOf } from "./rules.ts";

const HOUR = 3_600_000;
const ASOF = Date.parse("2026-04-01T12:00:00.000Z");
const iso = (at: number) => new Date(at).toISOString();
const hour = Math.floor(ASOF / HOUR);
const hours = (list: readonly number[]) => list.map((one) => ({ hour: one * HOUR, events: 1 }));

const [step] = exampleReports.offboarding.rows as [OffboardingRow];
const [failure] = exampleReports.failures.rows as [FailureRow];
const [finding] = exampleReports.reconciliation.rows as [ReconciliationRow];
const [covered] = exampleReports.coverage.rows as [(typeof exampleReports.coverage.rows)[number]];

const looked = (part: {
  steps?: Partial<OffboardingRow>[];
  failures?: Partial<FailureRow>[];
  coverage?: Partial<typeof covered>[];
  findings?: Partial<ReconciliationRow>[];
  sources?: Looked["sources"];
}): Looked => ({
  asOf: ASOF,
  offboarding: {
    ...exampleReports.offboarding,
    asOf: iso(ASOF),
    rows: (part.steps ?? []).map((row) => ({
      ...step,
      accessAfterLeaving: false,
      lastAccessAfterLeavingAt: null,
      slaSeconds: 24 * 3600,
      endedAt: null,
      ...row,
    })),
  },
  failures: {
    ...exampleReports.failures,
    asOf: iso(ASOF),
    rows: (part.failures ?? []).map((row) => ({ ...failure, state: "open", open: 3, ...row })),
  },
  coverage: {
    ...exampleReports.coverage,
    asOf: iso(ASOF),
    rows: (part.coverage ?? []).map((row) => ({ ...covered, ...row })),
  },
  reconciliation: {
    ...exampleReports.reconciliation,
    asOf: iso(ASOF),
    rows: (part.findings ?? []).map((row) => ({ ...finding, ...row })),
  },
  sources: part.sources ?? [],
});

const found = (part: Parameters<typeof looked>[0], set: Parameters<typeof settingsOf>[0] = {}) =>
  conditionsOf(looked(part), settingsOf(set));

describe("the rules", () => {
  it("warn of an account before its SLA is up, and tell of one that is past it, until it ends", () => {
    const left = (ago: number) => ({ leftAt: iso(ASOF - ago * HOUR), openFor: ago * 3600 });
    expect(found({ steps: [left(19)] })).toEqual([]);
    expect(found({ steps: [left(20)] })).toMatchObject([
      {
        rule: "sla",
        since: ASOF - 20 * HOUR,
        what: expect.stringContaining("is to end by 2026-04-01 16:00 UTC"),
      },
    ]);
    expect(found({ steps: [left(30)] })).toMatchObject([{ what: expect.stringContaining("was to end by") }]);
    expect(found({ steps: [{ ...left(30), openFor: null, endedAt: iso(ASOF) }] })).toEqual([]);
    expect(found({ steps: [left(12)] }, { sla: { on: true, threshold: 12 } })).toHaveLength(1);
  });

  it("tell of an application that shows accounts active that should have ended, one alert for all of them", () => {
    const kept = (kind: ReconciliationRow["kind"], differs: Partial<ReconciliationRow> = {}) => ({
      kind,
      ...differs,
    });
    const findings = [
      kept("log-says-done"),
      kept("active-though-left", { openedAt: iso(ASOF - HOUR) }),
      kept("log-says-done", { closedAt: iso(ASOF) }),
      kept("attribute-drift"),
    ];
    expect(found({ findings })).toMatchObject([
      {
        rule: "kept-active",
        subject: "wiki",
        what: "Wiki shows 2 accounts active that should have ended; of 1 the log says that provisioning ended it",
        link: "/reconciliation?application=Wiki",
        quiet: false,
      },
    ]);
    expect(found({ findings }, { "kept-active": { on: true, threshold: 3 } })).toMatchObject([
      { quiet: true },
    ]);
    const known = findings.map((one) => ({ ...one, state: "acknowledged" as const }));
    expect(found({ findings: known })).toMatchObject([{ quiet: true }]);
    expect(found({ findings: [kept("missing")] })).toEqual([]);
  });

  it("tell of access after leaving while the account is open, and for a week after the use", () => {
    const used = (days: number, openFor: number | null) => ({
      leftAt: iso(ASOF - 20 * 24 * HOUR),
      accessAfterLeaving: true,
      lastAccessAfterLeavingAt: iso(ASOF - days * 24 * HOUR),
      slaSeconds: 1e9,
      openFor,
    });
    const access = (row: Partial<OffboardingRow>) => found({ steps: [row] }).map(({ rule }) => rule);
    expect(access(used(6, null))).toEqual(["access-after-leaving"]);
    expect(access(used(8, null))).toEqual([]);
    expect(access(used(8, 1_000))).toEqual(["access-after-leaving"]);
  });

  it("name nobody, whatever stands in the reports", () => {
    const name = fc.stringMatching(/^[a-z]{12,16}$/u);
    fc.assert(
      fc.property(name, name, name, (person, account, said) => {
        const conditions = found({
          steps: [
            {
              identity: { userName: `${person}@x.example`, displayName: person },
              subject: `p:okta:${person}`,
              account,
              accountUserName: account,
              lastError: said,
              leftAt: iso(ASOF - 30 * HOUR),
              openFor: 30 * 3600,
              accessAfterLeaving: true,
              lastAccessAfterLeavingAt: iso(ASOF - HOUR),
            },
          ],
          failures: [
            {
              message: said,
              advice: said,
              owner: person,
              items: [{ ...failure.items[0], userName: account }] as never,
            },
          ],
        });
        expect(conditions).toHaveLength(3);
        for (const text of [person, account, said]) expect(JSON.stringify(conditions)).not.toContain(text);
      }),
    );
  });

  it("tell causes that nobody has taken up, and a quarantine apart", () => {
    const failures = [
      { id: "1", state: "open" as const },
      { id: "2", state: "acknowledged" as const },
      { id: "3", state: "resolved" as const },
      { id: "4", errorClass: "quarantine" as const },
      { id: "5", open: 2 },
    ];
    const told = found({ failures }, { "failure-group": { on: true, threshold: 3 } });
    expect(told.map(({ rule, subject, quiet }) => [rule, subject, quiet])).toEqual([
      ["quarantine", "4", false],
      ["failure-group", "1", false],
      ["failure-group", "2", true],
      ["failure-group", "5", true],
    ]);
  });

  it("tell applications that nothing provisions", () => {
    const coverage = [
      { application: "Wiki", uncovered: true, people: 12 },
      { application: "Chat", uncovered: false },
    ];
    expect(found({ coverage })).toMatchObject([
      { rule: "uncovered", link: "/applications/Wiki", what: expect.stringContaining("12 people") },
    ]);
    expect(found({ coverage }, { uncovered: { on: false, threshold: 1 } })).toEqual([]);
  });

  it("tell applications at which the newest trial failed, once for all that did", () => {
    const trial = (verdict: "passed" | "failed", ago: number) => ({
      ...covered.cells.joiner,
      trial: { kind: "drill" as const, verdict, at: iso(ASOF - ago * HOUR), eventId: "x:0" },
    });
    const untried = { ...covered.cells.joiner, trial: null };
    const passed = { joiner: trial("passed", 1), mover: untried, roles: untried, leaver: untried };
    const coverage = [
      { application: "Chat", cells: { ...passed, mover: trial("failed", 3), leaver: trial("failed", 2) } },
      { application: "Wiki", cells: passed },
    ];
    expect(found({ coverage })).toMatchObject([
      {
        rule: "trial-failed",
        subject: "chat",
        link: "/applications/Chat",
        what: "Chat: what was tried out has failed: mover, leaver",
        since: ASOF - 3 * HOUR,
      },
    ]);
  });

  describe("of silence", () => {
    const silent = (list: readonly number[], set = {}) =>
      found({ sources: [{ source: "okta", hours: hours(list), gaps: [] }] }, set);
    /** Every hour of thirty days, up to so many hours ago. */
    const steady = (ago: number) => Array.from({ length: 720 }, (_, i) => hour - ago - 719 + i);
    /** Nine to five on workdays, for eight weeks up to Friday evening. */
    const office = (ago: number) =>
      Array.from({ length: 56 * 24 }, (_, i) => i).flatMap((i) => {
        const [day, of] = [Math.floor(i / 24) % 7, i % 24];
        return day < 5 && of >= 9 && of < 17 ? [hour - ago - (53 * 24 + 16) + i] : [];
      });

    it("learn a source's rhythm from itself, and say what it is", () => {
      expect(silent(steady(1))).toEqual([]);
      expect(silent(steady(2))).toMatchObject([
        {
          rule: "source-silent",
          quiet: false,
          what: expect.stringMatching(/no events for 2 h.*no more than 1 h went by/u),
        },
      ]);
      expect(silent(steady(5), { "source-silent": { on: true, threshold: 6 } })).toEqual([]);
      expect(usualGap(office(0))).toBe(65);
      // A weekend with the Monday after it.
      expect(silent(office(89))).toEqual([]);
      expect(silent(office(98))).toHaveLength(1);
    });

    it("say nothing of a source that is too young to have one, and nothing new of one that was given up", () => {
      expect(silent(steady(48).slice(-20))).toEqual([]);
      expect(silent([])).toEqual([]);
      expect(silent(steady(31 * 24))).toMatchObject([{ quiet: true }]);
    });

    it("take the completeness report's word for what the week's shape makes improbable", () => {
      const gap = { kind: "silence" as const, from: ASOF - 9 * HOUR, to: ASOF, expected: 41, why: "…" };
      const told = (to: number) =>
        found({ sources: [{ source: "okta", hours: hours([hour - 9]), gaps: [{ ...gap, to }] }] });
      expect(told(ASOF)).toMatchObject([{ what: expect.stringContaining("about 41 were to be expected") }]);
      expect(told(ASOF - HOUR)).toEqual([]);
    });

    it("never take a usual gap for silence, whatever the rhythm", () => {
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 20, maxLength: 60 }), (gaps) => {
          let at = hour - gaps.reduce((sum, gap) => sum + gap, 0);
          const list = [at, ...gaps.map((gap) => (at += gap))];
          const longest = Math.max(...gaps);
          for (const ago of [0, longest, Math.floor(longest * 1.5)])
            expect(silent(list.map((one) => one - ago))).toEqual([]);
          expect(silent(list.map((one) => one - Math.floor(longest * 1.5) - 1))).toHaveLength(1);
        }),
      );
    });
  });

  it("are all on unless somebody says otherwise", () => {
    expect(RULE_NAMES).toHaveLength(8);
    expect(Object.values(settingsOf({})).every(({ on }) => on)).toBe(true);
  });
});
