/** Which steps the filters leave, how latencies are told in bands, and who is done. Pure. */
import type { OffboardingRow } from "../../lib/reports/contract.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Leaver cases, by key, that did not lose all access within the SLA: late, or not ended though not yet late. */
export interface Unmet {
  late: Set<string>;
  pending: Set<string>;
}

const caseKey = ({ subject, leftAt }: OffboardingRow): string => `${subject} ${leftAt}`;

export function unmet(rows: readonly OffboardingRow[]): Unmet {
  const late = new Set(rows.filter((row) => row.breached).map(caseKey));
  const pending = new Set(rows.filter((row) => row.openFor !== null && !late.has(caseKey(row))).map(caseKey));
  return { late, pending };
}

interface KindOfStep {
  label: string;
  has: (row: OffboardingRow, unmet: Unmet) => boolean;
}

/** What a step, or the leaver it belongs to, came to: the choices of the filter. */
export const KINDS = {
  unfinished: { label: "Not ended", has: (row) => row.openFor !== null },
  failing: { label: "Failing", has: (row) => row.status === "failing" },
  breached: { label: "Past the SLA", has: (row) => row.breached },
  access: { label: "Access after leaving", has: (row) => row.accessAfterLeaving },
  done: {
    label: "Of leavers done in time",
    has: (row, { late, pending }) => !late.has(caseKey(row)) && !pending.has(caseKey(row)),
  },
  inTime: { label: "Ended in time", has: (row) => row.latency !== null && !row.breached },
  late: { label: "Ended late", has: (row) => row.latency !== null && row.breached },
  completed: { label: "Ended", has: (row) => row.status === "completed" },
  early: { label: "Ended before leaving", has: (row) => row.status === "early" },
  rehired: { label: "Rehired", has: (row) => row.status === "rehired" },
} as const satisfies Record<string, KindOfStep>;
export type Kind = keyof typeof KINDS;

export const kindOf = (name: string | null): Kind | null =>
  name !== null && Object.hasOwn(KINDS, name) ? (name as Kind) : null;

export interface Band {
  /** Name in the address. */
  key: string;
  label: string;
  has: (row: OffboardingRow) => boolean;
}

const LIMITS: readonly (readonly [key: string, label: string, limit: number])[] = [
  ["15m", "15 min", 15 * MINUTE],
  ["1h", "1 h", HOUR],
  ["4h", "4 h", 4 * HOUR],
  ["24h", "24 h", DAY],
  ["3d", "3 days", 3 * DAY],
  ["7d", "7 days", 7 * DAY],
  ["30d", "30 days", 30 * DAY],
];

/** Bands of latency, each up to its limit, then what took longer and what has not ended. */
export const BANDS: readonly Band[] = [
  ...LIMITS.map(([key, label, limit], i): Band => {
    const above = LIMITS[i - 1]?.[2] ?? -1;
    return {
      key,
      label: `≤ ${label}`,
      has: ({ latency }) => latency !== null && latency > above && latency <= limit,
    };
  }),
  { key: "more", label: "longer", has: ({ latency }) => latency !== null && latency > 30 * DAY },
  { key: "none", label: "not ended", has: ({ openFor }) => openFor !== null },
];

/** The rows that both filters leave; an unknown name filters nothing. */
export function chosen(
  rows: readonly OffboardingRow[],
  kind: Kind | null,
  band: string | null,
): OffboardingRow[] {
  const cases = unmet(rows);
  const has: KindOfStep["has"] = kind === null ? () => true : KINDS[kind].has;
  const inBand = BANDS.find(({ key }) => key === band);
  return rows.filter((row) => has(row, cases) && (inBand?.has(row) ?? true));
}

/** Seconds that the step open longest has been open; null when none is. */
export const oldestOpen = (rows: readonly OffboardingRow[]): number | null =>
  rows.reduce<number | null>(
    (oldest, { openFor }) => (openFor !== null && openFor > (oldest ?? -1) ? openFor : oldest),
    null,
  );
