import type { ReportName } from "../../lib/reports/contract.ts";

/** Which parts of a page's address go to the report, and which only choose among its rows. */
const REPORT_PARAMETERS = ["asOf", "from", "to", "days", "application", "customer"] as const;

/** Two queries as one; an empty one adds nothing. */
export const joined = (...queries: string[]): string => queries.filter((query) => query !== "").join("&");

/** Asks the API for a report's figures: as few rows as there can be. */
export const FEW_ROWS = "limit=1";

/** Parameters of one report alone: on another's page the same name may mean something else. */
const OWN_PARAMETERS: { [N in ReportName]?: readonly string[] } = { coverage: ["by"] };

/** The query string for the API: the report's parameters that are set, always in one order. */
export function reportQuery(get: (name: string) => string | null | undefined, report?: ReportName): string {
  const query = new URLSearchParams();
  const own = report === undefined ? [] : (OWN_PARAMETERS[report] ?? []);
  for (const name of [...REPORT_PARAMETERS, ...own]) {
    const value = get(name);
    if (value) query.set(name, value);
  }
  return query.toString();
}
