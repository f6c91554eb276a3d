/** The figures of offboarding for each application, department, customer and month. docs/semantics.md §6. */
import { groupBy } from "../lifecycle/group-by.ts";
import { byText } from "./base.ts";
import type { OffboardingGroup, OffboardingReport, OffboardingRow } from "./contract.ts";
import { type Duration, latenciesOf } from "./survival.ts";

/** What a case is grouped by; its steps have the same. */
type GroupedCase = Pick<OffboardingRow, "leftAt" | "department" | "customer">;

/** A step with the duration that percentiles are made of. */
export interface GroupedStep {
  /** Key of the case. */
  case: string;
  row: OffboardingRow;
  duration: Duration;
}

function groupOf(name: string, leavers: number, steps: readonly GroupedStep[]): OffboardingGroup {
  return {
    name,
    leavers,
    steps: steps.length,
    ended: steps.filter(({ duration }) => duration.ended).length,
    open: steps.filter(({ row }) => row.openFor !== null).length,
    breached: steps.filter(({ row }) => row.breached).length,
    ...latenciesOf(steps.map(({ duration }) => duration)),
  };
}

/** Groups of what each case has one of: a case without steps counts as a leaver. */
function byCase(
  cases: readonly GroupedCase[],
  steps: readonly GroupedStep[],
  nameOf: (row: GroupedCase) => string,
): OffboardingGroup[] {
  const own = groupBy(steps, ({ row }) => nameOf(row));
  return [...groupBy(cases, nameOf)].map(([name, leavers]) =>
    groupOf(name, leavers.length, own.get(name) ?? []),
  );
}

const worstFirst = (a: OffboardingGroup, b: OffboardingGroup): number =>
  b.breached - a.breached || b.open - a.open || byText(a.name, b.name);

/**
 * @param cases the cases of the report.
 * @param steps their steps. Each is in one group of each kind; a leaver is in as many groups of application as he had.
 */
export function offboardingGroups(
  cases: readonly GroupedCase[],
  steps: readonly GroupedStep[],
): OffboardingReport["groups"] {
  const applications = [...groupBy(steps, ({ row }) => row.application)].map(([name, own]) =>
    groupOf(name, new Set(own.map((step) => step.case)).size, own),
  );
  return {
    application: applications.sort(worstFirst),
    department: byCase(cases, steps, ({ department }) => department ?? "not known").sort(worstFirst),
    customer: byCase(cases, steps, ({ customer }) => customer ?? "no customer").sort(worstFirst),
    month: byCase(cases, steps, ({ leftAt }) => leftAt.slice(0, 7)).sort((a, b) => byText(a.name, b.name)),
  };
}
