/** For whom items of a review wait. */
import type { SqlSession } from "../client.ts";

/**
 * Items that each member has yet to decide, as first or as second reviewer, by the member's id; and how many items
 * nobody has decided in full.
 */
export async function readWaiting(
  sql: SqlSession,
  workspace: string,
  review: string,
): Promise<{ waiting: { member: string; items: number }[]; open: number }> {
  const waiting = await sql<{ member: string; items: number }[]>`
    select member, count(*)::int items from (
      select state #>> '{reviewer,member}' member from review_items
      where workspace_id = ${workspace} and review = ${review} and state -> 'first' = 'null'
      union all
      select state #>> '{assigned,second,member}' from review_items
      where workspace_id = ${workspace} and review = ${review} and state -> 'second' = 'null'
    ) of_whom where member is not null group by member order by member`;
  const [row] = await sql<{ open: number }[]>`
    select count(*)::int open from review_items where workspace_id = ${workspace} and review = ${review}
      and (state -> 'first' = 'null' or (state -> 'second' = 'null' and state #>> '{assigned,second,member}' is not null))`;
  return { waiting, open: row?.open ?? 0 };
}
