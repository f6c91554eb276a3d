/** The items of the reviews that are being worked on, kept in memory and brought up to date by what changed. */
import type { Db } from "../../db/client.ts";
import { readItemChanges, readReviewState } from "../../db/queries/reviews.ts";
import type { Item, Review } from "./fold.ts";

interface Entry {
  changed: number;
  items: Item[];
  reading: Promise<void>;
}

/** Reviews kept at once, each some kilobytes an item; the one that was not asked for longest goes first. */
const KEPT = 4;

const holder = globalThis as { rollcallReviews?: WeakMap<Db, Map<string, Entry>> };
holder.rollcallReviews ??= new WeakMap();
const kept = holder.rollcallReviews;

async function bringUpToDate(db: Db, workspace: string, review: string, entry: Entry): Promise<void> {
  const { items, changed } = await readItemChanges(db.sql, workspace, review, entry.changed);
  if (items.length === 0) return;
  // A new list: whoever holds the one before keeps what it was.
  const next = entry.items.slice();
  for (const item of items) next[item.place] = item;
  entry.items = next;
  entry.changed = changed;
}

export interface KeptReview {
  review: Review;
  items: readonly Item[];
}

/** A review with all its items in their order; null when there is none of that id. */
export async function keptReview(db: Db, workspace: string, review: string): Promise<KeptReview | null> {
  const state = await readReviewState(db.sql, workspace, review);
  if (state === null) return null;
  const own = kept.get(db) ?? new Map<string, Entry>();
  kept.set(db, own);
  const key = `${workspace} ${review}`;
  const entry = own.get(key) ?? { changed: 0, items: [], reading: Promise.resolve() };
  own.delete(key);
  own.set(key, entry);
  for (const oldest of own.keys()) {
    if (own.size <= KEPT) break;
    own.delete(oldest);
  }
  // One after another: two at once would read the same changes twice, and the later could undo what the earlier brought.
  entry.reading = entry.reading.catch(() => {}).then(() => bringUpToDate(db, workspace, review, entry));
  await entry.reading;
  return { review: state, items: entry.items };
}
