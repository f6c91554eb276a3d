/** Which failure groups the filters in the address leave. */
import type { FailureRow } from "../../lib/reports/contract.ts";
import { plain } from "../format/words.ts";

export type StateFilter = "open" | "resolved" | "all";

/** Groups of the state asked for; `open` is everything that is not resolved. */
export function inState(rows: readonly FailureRow[], state: StateFilter): FailureRow[] {
  if (state === "all") return [...rows];
  return rows.filter((row) => (row.state === "resolved") === (state === "resolved"));
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
