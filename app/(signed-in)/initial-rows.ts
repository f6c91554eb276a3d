/** What a page with a table reads before it is drawn: the first rows that its address asks for. */
import { joined, reportQuery } from "../../components/data/report-query.ts";
import { type Fixed, PART, rowsQuery } from "../../components/table/table-address.ts";
import type { InitialRows } from "../../components/table/use-rows.ts";
import { pageVisit } from "../../lib/auth/guard.ts";
import type { ReportName } from "../../lib/reports/contract.ts";
import { ifThere } from "../../lib/reports/editions/pending.ts";
import { reportRows } from "../../lib/reports/page.ts";
import { ParamProblem, parseParams, within } from "../../lib/reports/params.ts";
import { parseTable } from "../../lib/reports/table.ts";
import { readReports, toldBy } from "../../lib/runtime/replica.ts";
import type { Search } from "./initial-report.ts";

/** The address as the browser has it. */
export async function searchOf(search: Search): Promise<URLSearchParams> {
  const all = new URLSearchParams();
  for (const [name, values] of Object.entries(await search)) {
    for (const value of [values ?? []].flat()) all.append(name, value);
  }
  return all;
}

/** @param fixedOf the filters that the page's own controls stand for, by the address. */
export async function initialRows<N extends ReportName>(
  name: N,
  given: Search,
  fixedOf: (get: (name: string) => string | null) => Fixed = () => [],
): Promise<InitialRows<N>> {
  const visit = await pageVisit("read");
  const search = await searchOf(given);
  const get = (parameter: string) => search.get(parameter);
  const query = joined(reportQuery(get), rowsQuery(search, fixedOf(get)));
  try {
    const asked = new URLSearchParams(query);
    const params = within(visit.by, parseParams(Object.fromEntries(asked)));
    const table = parseTable(name, asked);
    const { read, replica } = await readReports(visit, (db) =>
      ifThere(reportRows(db, visit.workspace, name, params, { limit: PART, table })),
    );
    return { query, page: read === null ? null : toldBy(read, replica) };
  } catch (error) {
    // The API then tells the reader what can't be understood.
    if (error instanceof ParamProblem) return { query, page: null };
    throw error;
  }
}
