/** What a page shows of the lists beside a report's rows, and in them: the whole is what exports are for. Pure. */
import type { FailureRow, OffboardingGroup, OffboardingReport, ReportName, Reports } from "./contract.ts";
import { thinned } from "./thinned.ts";

/** Steps of a curve that fit side by side on a screen. */
const CURVE_STEPS = 400;
/** Of a failure group's items so many are told with its row: who they are is told whole without `limit`; `affected` counts them all. */
const ITEMS = 3;

/** Of so many groups of each kind a page draws the curve. */
const GROUP_CURVES = 12;

type OffboardingGroups = OffboardingReport["groups"];

/** The groups with the curves that a page draws; of months the newest. */
function withFewCurves(groups: OffboardingGroups): OffboardingGroups {
  const few = ([kind, own]: [string, OffboardingGroup[]]) => {
    const first = kind === "month" ? own.length - GROUP_CURVES : 0;
    const isDrawn = (i: number) => i >= first && i < first + GROUP_CURVES;
    return [kind, own.map((group, i) => (isDrawn(i) ? group : { ...group, curve: null }))];
  };
  return Object.fromEntries(Object.entries(groups).map(few)) as OffboardingGroups;
}

/** Some of a list, for a page of at most `limit` rows. */
type Shorten = (list: readonly unknown[], limit: number) => unknown[];

/** The lists that are longer than a page shows, by report and field. */
const LISTS: { readonly [N in ReportName]?: Readonly<Record<string, Shorten>> } = {
  offboarding: { curve: (list) => thinned(list, CURVE_STEPS) },
  movers: { moves: (list, limit) => list.slice(0, limit) },
};

/** A row as pages show it, where that is less than what the report has. */
export const ROWS: { readonly [N in ReportName]?: (row: object) => object } = {
  failures: (row) => ({ ...row, items: (row as FailureRow).items.slice(0, ITEMS) }),
};

/** A list of a report as a page of at most `limit` rows shows it; null: whole. */
export const shortList = (name: ReportName, field: string): Shorten | null => LISTS[name]?.[field] ?? null;

/**
 * A report as a page of at most `limit` rows shows it.
 * @param curves `all`: with the curves of all groups.
 */
export function shortened<N extends ReportName>(
  name: N,
  report: Reports[N],
  { limit, curves }: { limit: number; curves?: "all" },
): Reports[N] {
  const row = ROWS[name];
  const lists: Readonly<Record<string, Shorten>> = LISTS[name] ?? {};
  const short: Record<string, unknown> = { ...report };
  for (const [field, shorten] of Object.entries(lists))
    short[field] = shorten(short[field] as unknown[], limit);
  if (name === "offboarding" && curves !== "all")
    short.groups = withFewCurves((report as OffboardingReport).groups);
  if (row !== undefined) short.rows = report.rows.map(row);
  return short as unknown as Reports[N];
}
