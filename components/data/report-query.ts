/** Which parts of a page's address go to the report, and which only choose among its rows. */
const REPORT_PARAMETERS = ["asOf", "from", "to", "days", "application", "customer"] as const;

/** Two queries as one; an empty one adds nothing. */
export const joined = (...queries: string[]): string => queries.filter((query) => query !== "").join("&");

/** Asks the API for a report's figures: as few rows as there can be. */
export const FEW_ROWS = "limit=1";

/** The query string for the API: the report's parameters that are set, always in one order. */
export function reportQuery(get: (name: string) => string | null | undefined): string {
  const query = new URLSearchParams();
  for (const name of REPORT_PARAMETERS) {
    const value = get(name);
    if (value) query.set(name, value);
  }
  return query.toString();
}
