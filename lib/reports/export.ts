/** A report as a file, some rows at a time: where its rows are kept elsewhere, it is never whole in memory. */
import { arrangedRows } from "./arranged.ts";
import type { AtHand } from "./at-hand.ts";
import { COLUMNS } from "./columns.ts";
import type { ReportName } from "./contract.ts";
import { tablePiecesOf } from "./csv.ts";
import { projected, type TableQuery } from "./table.ts";

/** Rows that are told at once. */
const ROWS_AT_ONCE = 500;

async function* rowsOf<N extends ReportName>(at: AtHand<N>, query: TableQuery): AsyncGenerator<object[]> {
  const order = await arrangedRows(at.table, query);
  yield* order === null ? at.wholeRows() : at.rowsInOrder(order);
}

/** The rows that a query wants, in its order, as CSV with its columns. */
export const csvOf = <N extends ReportName>(at: AtHand<N>, query: TableQuery): AsyncGenerator<string> =>
  tablePiecesOf(query.columns ?? COLUMNS[query.report], rowsOf(at, query));

/** The whole report as JSON, its rows as the query wants them. @param more what is told of it besides. */
export async function* jsonOf<N extends ReportName>(
  at: AtHand<N>,
  query: TableQuery,
  more: object,
): AsyncGenerator<string> {
  const { columns } = query;
  const { rows: _, ...head } = { ...at.head, ...(await at.lists()), ...more };
  yield `${JSON.stringify(head).slice(0, -1)},"rows":[`;
  let before = "";
  for await (const some of rowsOf(at, query))
    for (let from = 0; from < some.length; from += ROWS_AT_ONCE) {
      const rows = some.slice(from, from + ROWS_AT_ONCE);
      const told = columns === null ? rows : rows.map((row) => projected(row, columns));
      yield before + JSON.stringify(told).slice(1, -1);
      before = ",";
    }
  yield "]}";
}
