/** How long joiners waited, in bands. Pure. */
import type { JoinerRow } from "../../lib/reports/contract.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface Band {
  /** Name in the address. */
  key: string;
  label: string;
  has: (row: JoinerRow) => boolean;
}

const LIMITS: readonly (readonly [key: string, label: string, limit: number])[] = [
  ["15m", "15 min", 15 * MINUTE],
  ["1h", "1 h", HOUR],
  ["8h", "8 h", 8 * HOUR],
  ["24h", "24 h", DAY],
  ["3d", "3 days", 3 * DAY],
  ["14d", "14 days", 14 * DAY],
];

/** Bands of latency, each up to its limit, then what took longer, and what does not work yet. */
export const BANDS: readonly Band[] = [
  ...LIMITS.map(([key, label, limit], i): Band => {
    const above = LIMITS[i - 1]?.[2] ?? -1;
    const has = ({ latency }: JoinerRow) => latency !== null && latency > above && latency <= limit;
    return { key, label: `≤ ${label}`, has };
  }),
  { key: "more", label: "longer", has: ({ latency }) => latency !== null && latency > 14 * DAY },
  { key: "none", label: "not working", has: ({ openFor }) => openFor !== null },
];

/** The rows that the filters leave; an unknown name filters nothing. */
export function chosen(rows: readonly JoinerRow[], show: string | null, took: string | null): JoinerRow[] {
  const band = BANDS.find(({ key }) => key === took);
  const fits = (row: JoinerRow) => {
    if (show === "waiting") return row.openFor !== null;
    return show === "completed" || show === "failing" || show === "left" ? row.status === show : true;
  };
  return rows.filter((row) => fits(row) && (band?.has(row) ?? true));
}
