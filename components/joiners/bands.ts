/** How long joiners waited, in bands. Pure. */
import type { JoinerRow } from "../../lib/reports/contract.ts";
import type { Fixed } from "../table/table-address.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface Band {
  /** Name in the address. */
  key: string;
  label: string;
  /** Its limit in seconds; null: none; and what does not work yet is in none. */
  upTo?: number | null;
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
    return { key, label: `≤ ${label}`, upTo: limit, has };
  }),
  { key: "more", label: "longer", upTo: null, has: ({ latency }) => latency !== null && latency > 14 * DAY },
  { key: "none", label: "not working", has: ({ openFor }) => openFor !== null },
];

/** Filters of the API (docs/reports.md) for the rows of a band. */
function bandFilters(key: string): Fixed {
  const at = LIMITS.findIndex(([name]) => name === key);
  if (key === "none") return [["openFor", "!="]];
  if (key === "more") return [["latency", `>${14 * DAY}`]];
  if (at < 0) return [];
  const above = LIMITS[at - 1]?.[2] ?? -1;
  return [
    ["latency", `>${above}`],
    ["latency", `<=${LIMITS[at]?.[2]}`],
  ];
}

/** Filters of the API for what the address chooses; an unknown name filters nothing. */
export function joinerFilters(get: (name: string) => string | null): Fixed {
  const show = get("show") ?? "";
  const shown: Fixed =
    show === "waiting"
      ? [["openFor", "!="]]
      : ["completed", "failing", "left"].includes(show)
        ? [["status", show]]
        : [];
  return [...shown, ...bandFilters(get("took") ?? "")];
}
