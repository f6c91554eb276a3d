/** Access reviews as they were folded last, and what changed since. */
import type { Item, Review } from "../../lib/reviews/fold.ts";
import type { SqlSession } from "../client.ts";
import { json } from "../json.ts";

/** One review; null when there is none of that id. */
export async function readReviewState(
  sql: SqlSession,
  workspace: string,
  review: string,
): Promise<Review | null> {
  const [row] = await sql<{ state: Review }[]>`
    select state from reviews where workspace_id = ${workspace} and review = ${review}`;
  return row?.state ?? null;
}

/** All reviews, the newest first. */
export async function readReviewStates(sql: SqlSession, workspace: string): Promise<Review[]> {
  const rows = await sql<{ state: Review }[]>`
    select state from reviews where workspace_id = ${workspace} order by state ->> 'openedAt' desc, review`;
  return rows.map(({ state }) => state);
}

/** Puts a review in place of what it was. */
export async function storeReview(sql: SqlSession, workspace: string, review: Review): Promise<void> {
  await sql`
    insert into reviews (workspace_id, review, state, changed)
    values (${workspace}, ${review.review}, ${json(sql, review)}, nextval('review_changes'))
    on conflict (workspace_id, review) do update set state = excluded.state, changed = excluded.changed`;
}

/** Rows sent to the database at once. */
const BATCH = 1_000;

/** Puts items in place of what they were. */
export async function storeItems(
  sql: SqlSession,
  workspace: string,
  review: string,
  items: readonly Item[],
): Promise<void> {
  for (let i = 0; i < items.length; i += BATCH) {
    await sql`
      insert into review_items (workspace_id, review, item, place, state, changed)
      select ${workspace}, ${review}::uuid, s ->> 'item', (s ->> 'place')::int, s, nextval('review_changes')
      from jsonb_array_elements(${json(sql, items.slice(i, i + BATCH))}) s
      on conflict (workspace_id, review, item) do update set state = excluded.state, changed = excluded.changed`;
  }
}

/** Some items of a review, or all, in their order. */
export async function readItems(
  sql: SqlSession,
  workspace: string,
  review: string,
  items: readonly string[] | null = null,
): Promise<Item[]> {
  const rows = await sql<{ state: Item }[]>`
    select state from review_items where workspace_id = ${workspace} and review = ${review}
      and (${items === null} or item = any(${items === null ? [] : [...items]}::text[]))
    order by place`;
  return rows.map(({ state }) => state);
}

/**
 * Items that changed after `since`, and up to which change that is. Changes are numbered in the order in which they are
 * committed: the number is taken under a lock that is held to the end of the transaction.
 */
export async function readItemChanges(
  sql: SqlSession,
  workspace: string,
  review: string,
  since: number,
): Promise<{ items: Item[]; changed: number }> {
  const rows = await sql<{ state: Item; changed: number }[]>`
    select state, changed::float8 changed from review_items
    where workspace_id = ${workspace} and review = ${review} and changed > ${since} order by place`;
  const changed = rows.reduce((last, row) => Math.max(last, row.changed), since);
  return { items: rows.map(({ state }) => state), changed };
}

/** What was decided last of the same things in other reviews, by item; of each the newest review. */
export async function readPrior(
  sql: SqlSession,
  workspace: string,
  items: readonly string[],
): Promise<Map<string, { review: Review; item: Item }>> {
  const rows = await sql<{ item: string; review: Review; state: Item }[]>`
    select distinct on (i.item) i.item, r.state review, i.state
    from review_items i join reviews r on r.workspace_id = i.workspace_id and r.review = i.review
    where i.workspace_id = ${workspace} and i.item = any(${[...items]}::text[])
    order by i.item, r.state ->> 'openedAt' desc`;
  return new Map(rows.map(({ item, review, state }) => [item, { review, item: state }]));
}

/** Takes all reviews away, to fold them anew from the log. */
export async function removeReviews(sql: SqlSession, workspace: string): Promise<void> {
  await sql`delete from review_items where workspace_id = ${workspace}`;
  await sql`delete from reviews where workspace_id = ${workspace}`;
}
