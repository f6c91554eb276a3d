/** Reviews worked out anew from the log. */
import canonicalize from "canonicalize";
import type { Db, SqlSession } from "../../db/client.ts";
import { lockGovernance, readGovernance } from "../../db/log/governance.ts";
import {
  readItems,
  readReviewStates,
  removeReviews,
  storeItems,
  storeReview,
} from "../../db/queries/reviews.ts";
import { fold } from "./fold.ts";
import { type Numbered, recordIn } from "./records.ts";

/** What the log gives. @param to records after it, in milliseconds, do not count. */
export async function foldedLog(sql: SqlSession, workspace: string, to = Infinity) {
  const records: Numbered[] = [];
  for await (const events of readGovernance(sql, workspace)) {
    for (const event of events) {
      const record = recordIn(event);
      if (record !== null && event.at <= to) records.push({ record, eventId: event.id });
    }
  }
  return fold(records);
}

/** Puts what the log gives in place of what is stored, in the transaction of the rebuild. */
export async function refoldReviews(sql: SqlSession, workspace: string): Promise<void> {
  await lockGovernance(sql, workspace);
  const { reviews, items } = await foldedLog(sql, workspace);
  await removeReviews(sql, workspace);
  for (const [id, review] of reviews) {
    await storeReview(sql, workspace, review);
    await storeItems(sql, workspace, id, [...(items.get(id)?.values() ?? [])]);
  }
}

const text = (value: unknown): string => canonicalize(value) ?? "";

/** Reviews and items as text, as they are stored and as the log gives them. */
export async function reviewTexts(
  db: Db,
  workspace: string,
): Promise<{ stored: string[]; computed: string[] }> {
  const { reviews, items } = await foldedLog(db.sql, workspace);
  const stored: string[] = [];
  for (const review of await readReviewStates(db.sql, workspace)) {
    stored.push(text(review));
    stored.push(...(await readItems(db.sql, workspace, review.review)).map(text));
  }
  const computed = [...reviews.values(), ...[...items.values()].flatMap((own) => [...own.values()])];
  return { stored, computed: computed.map(text) };
}
