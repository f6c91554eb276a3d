import type { ReportName } from "../../lib/reports/contract.ts";

/** Which parts of a page's address go to the report, and which only choose among its rows. */
const REPORT_PARAMETERS = ["asOf", "from", "to", "days", "application", "customer"] as const;

/** Two queries as one; an empty one adds nothing. */
export const joined = (...queries: string[]): string => queries.filter((query) => query !== "").join("&");

/** How much of a report's lists a page is for: all, as many as people look through, or the figures alone. */
export type HowMany = "all" | "many" | "few";

/** As few rows as there can be, or as many as the API gives at once. */
const LIMITS: Readonly<Record<HowMany, string>> = { all: "", many: "limit=1000", few: "limit=1" };

/** The query string with how many rows are asked for. */
export const withRows = (query: string, rows: HowMany): string => joined(query, LIMITS[rows]);

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
