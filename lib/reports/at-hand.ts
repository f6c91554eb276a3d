/** A report whose rows are asked for when they are needed: held whole in memory, or kept in the database (lib/reports/editions). */
import { tableOf } from "./arranged.ts";
import type { RowTable } from "./coded.ts";
import type { ReportName, Reports } from "./contract.ts";
import type { WorkedOut } from "./run.ts";

export interface AtHand<N extends ReportName> {
  /** What stands beside the rows. Of one that is kept, it has no rows, and long lists as pages show them. */
  head: Reports[N];
  table: RowTable;
  /** Names of all applications, for the filter. */
  applications: string[];
  /** Departments that anybody is in. */
  departments: string[];
  /** The rows as the report has them, where those of the table are as pages show them. */
  wholeRows(): AsyncIterable<object[]>;
  /** The same, of these numbers alone and in their order. */
  rowsInOrder(numbers: Uint32Array): AsyncIterable<object[]>;
  /** The lists that the head has in part, whole. */
  lists(): Promise<Partial<Reports[N]>>;
}

const ROWS_AT_ONCE = 1_000;

async function* inParts(table: RowTable, numbers: Uint32Array): AsyncGenerator<object[]> {
  for (let from = 0; from < numbers.length; from += ROWS_AT_ONCE)
    yield table.rows(numbers.subarray(from, from + ROWS_AT_ONCE));
}

/** A report that is held whole. */
export function held<N extends ReportName>(
  name: N,
  { report, applications, departments }: WorkedOut<N>,
): AtHand<N> {
  const table = tableOf(report, name);
  return {
    head: report,
    table,
    applications,
    departments,
    wholeRows: () => table.each(),
    rowsInOrder: (numbers) => inParts(table, numbers),
    lists: async () => ({}),
  };
}

/** The whole report, in memory. */
export async function wholeReport<N extends ReportName>(at: AtHand<N>): Promise<WorkedOut<N>> {
  const rows: object[] = [];
  for await (const some of at.wholeRows()) rows.push(...some);
  // The rows are those of this report.
  const report = { ...at.head, ...(await at.lists()), rows } as Reports[N];
  return { report, applications: at.applications, departments: at.departments };
}
