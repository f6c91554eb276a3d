/** Which failure groups the filters in the address leave. */
import type { FailureRow, FailureState } from "../../lib/reports/contract.ts";
import { plain } from "../format/words.ts";

/** `unresolved`: whatever was decided of it. */
export type StateFilter = FailureState | "unresolved" | "all";

/** Groups of the state asked for. */
export function inState(rows: readonly FailureRow[], state: StateFilter): FailureRow[] {
  if (state === "all") return [...rows];
  if (state === "unresolved") return rows.filter((row) => row.state !== "resolved");
  return rows.filter((row) => row.state === state);
}

export const isQuarantine = (row: FailureRow): boolean => row.errorClass === "quarantine";

/** What fails, in words: `Slack: deactivate`, or the whole connection. */
export const whatOf = ({ application, operation }: FailureRow): string =>
  `${application}: ${operation === "other" ? "the connection" : plain(operation)}`;

/** Applications held back in quarantine now. */
export const quarantined = (rows: readonly FailureRow[]): string[] => [
  ...new Set(
    rows.filter((row) => isQuarantine(row) && row.state !== "resolved").map((row) => row.application),
  ),
];

/** What a quarantine holds up: all else that fails at its application and is not mended. */
export function blockedBy(rows: readonly FailureRow[], quarantine: FailureRow): FailureRow[] {
  return rows.filter(
    (row) => row.application === quarantine.application && !isQuarantine(row) && row.state !== "resolved",
  );
}

const WEEK_MS = 7 * 86_400_000;

/** When all of a group was mended; null while something is open. */
function resolvedAt(row: FailureRow): number | null {
  if (row.state !== "resolved") return null;
  return row.items.reduce((last, item) => Math.max(last, Date.parse(item.resolvedAt ?? "")), -Infinity);
}

/** Groups that later successes mended in the seven days before `asOf`, the newest first. */
export function resolvedLately(rows: readonly FailureRow[], asOf: string): { row: FailureRow; at: string }[] {
  const from = Date.parse(asOf) - WEEK_MS;
  return rows
    .flatMap((row) => {
      const at = resolvedAt(row);
      return at === null || !(at >= from) ? [] : [{ row, at }];
    })
    .sort((a, b) => b.at - a.at)
    .map(({ row, at }) => ({ row, at: new Date(at).toISOString() }));
}
