/** What a page shows of the lists beside a report's rows, and in them: the whole is what exports are for. Pure. */
import type {
  FailureItem,
  FailureRow,
  OffboardingGroup,
  OffboardingReport,
  ReportName,
  Reports,
} from "./contract.ts";
import { thinned } from "./thinned.ts";

/** Steps of a curve that fit side by side on a screen. */
const CURVE_STEPS = 400;
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

/**
 * Of whom a failure group affects one is told with its row: the first that is open; where none is, the one that was mended last. Who they
 * are is told whole without `limit`, and by the group's story; `affected` counts them all.
 */
function oneItem(items: readonly FailureItem[]): FailureItem[] {
  const [first, ...others] = items;
  if (first === undefined) return [];
  const later = (a: FailureItem, b: FailureItem) => ((b.resolvedAt ?? "") > (a.resolvedAt ?? "") ? b : a);
  return [first.openSince === null ? others.reduce(later, first) : first];
}

/** A row as pages show it, where that is less than what the report has. */
export const ROWS: { readonly [N in ReportName]?: (row: object) => object } = {
  failures: (row) => ({ ...row, items: oneItem((row as FailureRow).items) }),
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
