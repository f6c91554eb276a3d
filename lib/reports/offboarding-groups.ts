/** The figures of offboarding for each application, department, customer and month. docs/semantics.md §6. */
import { groupBy } from "../lifecycle/group-by.ts";
import { byText, seconds } from "./base.ts";
import type { CurveStep, OffboardingGroup, OffboardingReport, OffboardingRow } from "./contract.ts";
import { SETTINGS } from "./settings.ts";
import { type Duration, kaplanMeier, latenciesOf, type SurvivalStep } from "./survival.ts";
import { thinned } from "./thinned.ts";

/** What a case is grouped by; its steps have the same. */
export type GroupedCase = Pick<OffboardingRow, "leftAt" | "department" | "customer">;

/** A step with the duration that percentiles are made of. */
export interface GroupedStep {
  /** Key of the case. */
  case: string;
  row: GroupedCase & Pick<OffboardingRow, "application" | "openFor" | "breached" | "slaSeconds">;
  duration: Duration;
}

/** The one SLA in seconds that steps have; null where they differ. @param otherwise of no steps. */
export function commonSla(steps: readonly GroupedStep[], otherwise: number): number | null {
  const slas = new Set(steps.map(({ row }) => row.slaSeconds));
  return slas.size > 1 ? null : ([...slas][0] ?? otherwise);
}

/** Steps that a small picture can show. */
const CURVE_STEPS = 40;

const fourDigits = (share: number): number => Math.round(1e4 * share) / 1e4;

const curveOf = (steps: readonly SurvivalStep[]): CurveStep[] =>
  thinned(steps, CURVE_STEPS).map(({ seconds: after, open, lower, upper }) => ({
    seconds: after,
    open: fourDigits(open),
    lower: fourDigits(lower),
    upper: fourDigits(upper),
  }));

function groupOf(name: string, leavers: number, steps: readonly GroupedStep[]): OffboardingGroup {
  const durations = steps.map(({ duration }) => duration);
  const curve = kaplanMeier(durations);
  return {
    name,
    leavers,
    steps: steps.length,
    ended: steps.filter(({ duration }) => duration.ended).length,
    open: steps.filter(({ row }) => row.openFor !== null).length,
    breached: steps.filter(({ row }) => row.breached).length,
    commonSla: commonSla(steps, seconds(SETTINGS.offboardingSla)),
    ...latenciesOf(durations, curve),
    curve: curveOf(curve),
    watched: durations.reduce((longest, { seconds: own }) => Math.max(longest, own), 0),
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
