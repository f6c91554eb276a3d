/** Which steps the filters leave, and how latencies are told in bands. Pure. */
import type { OffboardingRow } from "../../lib/reports/contract.ts";
import type { Fixed } from "../table/table-address.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What a step, or the leaver it belongs to, came to: the choices of the filter, each as the API's filters (docs/reports.md). */
export const KINDS = {
  unfinished: { label: "Not ended", filters: [["openFor", "!="]] },
  failing: { label: "Failing", filters: [["status", "failing"]] },
  breached: { label: "Past the SLA", filters: [["breached", "true"]] },
  access: { label: "Access after leaving", filters: [["accessAfterLeaving", "true"]] },
  done: { label: "Of leavers done in time", filters: [["leaverStatus", "in-time"]] },
  inTime: {
    label: "Ended in time",
    filters: [
      ["latency", "!="],
      ["breached", "false"],
    ],
  },
  late: {
    label: "Ended late",
    filters: [
      ["latency", "!="],
      ["breached", "true"],
    ],
  },
  completed: { label: "Ended", filters: [["status", "completed"]] },
  early: { label: "Ended before leaving", filters: [["status", "early"]] },
  rehired: { label: "Rehired", filters: [["status", "rehired"]] },
} as const satisfies Record<string, { label: string; filters: Fixed }>;
export type Kind = keyof typeof KINDS;

export const kindOf = (name: string | null): Kind | null =>
  name !== null && Object.hasOwn(KINDS, name) ? (name as Kind) : null;

export interface Band {
  /** Name in the address. */
  key: string;
  label: string;
  /** Its limit in seconds; null: none; and what has not ended is in none. */
  upTo?: number | null;
  has: (row: OffboardingRow) => boolean;
  /** The same for the API. */
  filters: Fixed;
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
      upTo: limit,
      has: ({ latency }) => latency !== null && latency > above && latency <= limit,
      filters: [
        ["latency", `>${above}`],
        ["latency", `<=${limit}`],
      ],
    };
  }),
  {
    key: "more",
    label: "longer",
    upTo: null,
    has: ({ latency }) => latency !== null && latency > 30 * DAY,
    filters: [["latency", `>${30 * DAY}`]],
  },
  { key: "none", label: "not ended", has: ({ openFor }) => openFor !== null, filters: [["openFor", "!="]] },
];
