/** Which parts of a page's address go to the report, and which only choose among its rows. */
const REPORT_PARAMETERS = ["asOf", "from", "to", "days", "application", "customer"] as const;

/** The query string for the API: the report's parameters that are set, always in one order. */
export function reportQuery(get: (name: string) => string | null | undefined): string {
  const query = new URLSearchParams();
  for (const name of REPORT_PARAMETERS) {
    const value = get(name);
    if (value) query.set(name, value);
  }
  return query.toString();
}
