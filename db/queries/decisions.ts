/** What people decided of who is who. */
import type { SqlSession } from "../client.ts";
import { shareLog } from "../log/append.ts";
import { markLinksChanged } from "../log/dirty.ts";

export interface StoredDecision {
  a: string;
  b: string;
  verdict: "same" | "different" | "withdrawn";
  reason: string;
  by: string;
  at: number;
}

/** All decisions in the order in which they were made. */
export async function readDecisions(sql: SqlSession, workspace: string): Promise<StoredDecision[]> {
  const rows = await sql<(Omit<StoredDecision, "at"> & { at: string })[]>`
    select a, b, verdict, reason, by, at::text from link_decisions
    where workspace_id = ${workspace} order by decision`;
  return rows.map((row) => ({ ...row, at: Date.parse(row.at) }));
}

/** Adds decisions and marks their refs, so that the next refresh works them out. */
export async function insertDecisions(
  sql: SqlSession,
  workspace: string,
  decisions: readonly Omit<StoredDecision, "at">[],
): Promise<void> {
  await shareLog(sql, workspace);
  for (const { a, b, verdict, reason, by } of decisions) {
    await sql`
      insert into link_decisions (workspace_id, a, b, verdict, reason, by, at)
      values (${workspace}, ${a}, ${b}, ${verdict}, ${reason}, ${by}, now())`;
  }
  await markLinksChanged(
    sql,
    workspace,
    decisions.flatMap(({ a, b }) => [a, b]),
  );
}
