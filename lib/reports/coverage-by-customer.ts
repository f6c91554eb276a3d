/** The coverage reports of all customers in one. docs/semantics.md §8. */
import { applicationKey } from "../lifecycle/refs.ts";
import { byText } from "./base.ts";
import type { CoverageCustomer, CoverageReport, CoverageState, CoverageSummary } from "./contract.ts";

/** A report of one customer's sources, or of those of no customer. */
export interface CustomerPart {
  customer: string | null;
  report: CoverageReport;
}

/** The worst first: what fails, what is done by hand, what is in use without provisioning, whom it exposes; last by name. */
function worstFirst(a: CoverageCustomer, b: CoverageCustomer): number {
  const badness = ({ summary: { cells, uncovered, people } }: CoverageCustomer) => [
    cells.degraded,
    cells.manual,
    uncovered,
    people,
  ];
  const [of, against] = [badness(a), badness(b)];
  const differs = of.findIndex((value, i) => value !== against[i]);
  if (differs >= 0) return (against[differs] ?? 0) - (of[differs] ?? 0);
  if (a.customer === null || b.customer === null)
    return a.customer === b.customer ? 0 : a.customer === null ? 1 : -1;
  return byText(a.customer, b.customer);
}

function summed(summaries: readonly CoverageSummary[]): CoverageSummary {
  const sum = (of: (summary: CoverageSummary) => number) =>
    summaries.reduce((total, summary) => total + of(summary), 0);
  const cells = (state: CoverageState) => sum((summary) => summary.cells[state]);
  return {
    applications: sum(({ applications }) => applications),
    uncovered: sum(({ uncovered }) => uncovered),
    cells: {
      automated: cells("automated"),
      degraded: cells("degraded"),
      untested: cells("untested"),
      manual: cells("manual"),
      none: cells("none"),
    },
    accounts: sum(({ accounts }) => accounts),
    accountsCovered: sum(({ accountsCovered }) => accountsCovered),
    people: sum(({ people }) => people),
  };
}

/**
 * One report of several customers: of each the rows and the figures that the report of that customer alone has.
 * @param parts of one moment, one window and the same settings; each customer once, at least one.
 */
export function coverageByCustomer(parts: readonly [CustomerPart, ...CustomerPart[]]): CoverageReport {
  const ordered = parts
    .map(({ customer, report }) => ({ customer, report, summary: report.summary }))
    .sort(worstFirst);
  const sources = ordered
    .flatMap(({ report }) => report.completeness.sources)
    .sort((a, b) => byText(a.source, b.source));
  const slas = new Map(
    ordered.flatMap(({ report }) => report.slas).map((sla) => [applicationKey(sla.application), sla]),
  );
  return {
    ...parts[0].report,
    completeness: {
      sources,
      rejected: ordered.reduce((sum, { report }) => sum + report.completeness.rejected, 0),
      gaps: ordered.reduce((sum, { report }) => sum + report.completeness.gaps, 0),
    },
    summary: summed(ordered.map(({ summary }) => summary)),
    customers: ordered.map(({ customer, summary }) => ({ customer, summary })),
    slas: [...slas].sort(([a], [b]) => byText(a, b)).map(([, sla]) => sla),
    rows: ordered.flatMap(({ report }) => report.rows),
  };
}
