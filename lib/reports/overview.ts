/** Report overview: the figures of the five answers, of one moment. Two of them give a change. docs/reports.md, "overview". */
import { baseOf } from "./base.ts";
import type { OverviewQuestion, OverviewRow } from "./contract.ts";
import { coverageFold } from "./coverage.ts";
import { dormantFold } from "./dormant.ts";
import { failuresFold } from "./failures.ts";
import type { FoldedReport, NewFold } from "./fold.ts";
import { offboardingFold } from "./offboarding.ts";

/** What the figures are taken from, all of one moment. */
export type OverviewSources = {
  [N in "coverage" | "offboarding" | "failures" | "dormant"]: Omit<FoldedReport<N>, "rows">;
};

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

type Figure = Omit<OverviewRow, "question" | "unit"> & { unit?: OverviewRow["unit"] };

const figures = (question: OverviewQuestion, own: readonly Figure[]): OverviewRow[] =>
  own.map(({ figure, value, of, unit = "count", better }) => ({ question, figure, value, of, unit, better }));

/** The figures in the order in which pages show them. */
export function overviewRows({ coverage, offboarding, failures, dormant }: OverviewSources): OverviewRow[] {
  const { sources, rejected, gaps } = coverage.completeness;
  const { summary } = offboarding;
  const active = coverage.summary.accounts;
  const records = sumOf(sources.map((source) => source.records));
  return [
    ...figures("coverage", [
      {
        figure: "accounts-covered",
        value: coverage.summary.accountsCovered,
        of: active,
        better: "more",
      },
      {
        figure: "applications-uncovered",
        value: coverage.summary.uncovered,
        of: coverage.summary.applications,
        better: "less",
      },
      {
        figure: "capabilities-degraded",
        value: coverage.summary.cells.degraded,
        of: sumOf(Object.values(coverage.summary.cells)),
        better: "less",
      },
    ]),
    ...figures("offboarding", [
      { figure: "leavers-in-time", value: summary.leaversInTime, of: summary.leavers, better: "more" },
      { figure: "accounts-open", value: summary.open + summary.failing, of: summary.steps, better: "less" },
      {
        figure: "leavers-with-access",
        value: summary.accessAfterLeaving,
        of: summary.leavers,
        better: "less",
      },
      { figure: "half-within", value: summary.kaplanMeier.p50, of: null, unit: "seconds", better: "less" },
      { figure: "most-within", value: summary.kaplanMeier.p95, of: null, unit: "seconds", better: "less" },
    ]),
    ...figures("failures", [
      {
        figure: "causes-open",
        value: failures.summary.open,
        of: failures.summary.groups,
        better: "less",
      },
      {
        figure: "items-open",
        value: failures.summary.openItems,
        of: failures.summary.affected,
        better: "less",
      },
    ]),
    ...figures("accounts", [
      { figure: "zombies", value: dormant.summary.zombie, of: active, better: "less" },
      { figure: "orphans", value: dormant.summary.orphan, of: active, better: "less" },
      { figure: "dormant", value: dormant.summary.dormant, of: active, better: "less" },
      { figure: "never-used", value: dormant.summary["never-used"], of: active, better: "less" },
    ]),
    ...figures("evidence", [
      { figure: "records", value: records, of: null, better: "more" },
      { figure: "records-rejected", value: rejected, of: records + rejected, better: "less" },
      { figure: "gaps", value: gaps, of: null, better: "less" },
    ]),
  ];
}

/** `application` limits the figures to one; each answer's window is its own report's default. */
export const overviewFold: NewFold<"overview"> = (about, { application }, list) => {
  const own = { application };
  const coverage = coverageFold(about, own, list);
  const offboarding = offboardingFold(about, own, list);
  const failures = failuresFold(about, own, list);
  const dormant = dormantFold(about, own, list);
  return {
    take(part) {
      for (const fold of [coverage, offboarding, failures, dormant]) fold.take(part);
    },
    result() {
      const answers: OverviewSources = {
        coverage: coverage.result(),
        offboarding: offboarding.result(),
        failures: failures.result(),
        dormant: dormant.result(),
      };
      const { days = 0 } = answers.dormant.settings;
      return {
        ...baseOf(about, { ...answers.coverage.settings, dormantDays: days }),
        summary: { records: sumOf(about.sources.map((source) => source.records)) },
        rows: overviewRows(answers),
      };
    },
  };
};
