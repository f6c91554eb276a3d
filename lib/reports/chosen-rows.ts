/** Of a report the rows that any of some queries want, for what must not hold all of them. */
import { arrangedRows } from "./arranged.ts";
import type { AtHand } from "./at-hand.ts";
import type { ReportName, Reports } from "./contract.ts";
import { parseTable } from "./table.ts";

const ROWS_AT_ONCE = 1_000;

/**
 * @param searches each as the address of a table has it: `f.state=open&f.owner=`.
 * @returns the report with those rows, each once and in its order; as pages show them.
 * @throws {EditionGone} when it was taken away meanwhile.
 */
export async function withChosenRows<N extends ReportName>(
  name: N,
  { head, table }: AtHand<N>,
  searches: readonly string[],
): Promise<Reports[N]> {
  const chosen = new Set<number>();
  for (const search of searches) {
    const numbers = await arrangedRows(table, parseTable(name, new URLSearchParams(search)));
    for (const number of numbers ?? Array.from({ length: table.length }, (_, i) => i)) chosen.add(number);
  }
  const numbers = [...chosen].sort((a, b) => a - b);
  const rows: object[] = [];
  for (let from = 0; from < numbers.length; from += ROWS_AT_ONCE)
    for (const row of await table.rows(numbers.slice(from, from + ROWS_AT_ONCE))) rows.push(row);
  // The rows are those of this report.
  return { ...head, rows } as Reports[N];
}
