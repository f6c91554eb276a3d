/** Reviews as they stood at a moment, worked out from the log: for evidence. */
import type { Db } from "../../db/client.ts";
import { rollcallItself } from "../auth/caller.ts";
import type { Parts } from "../reports/parts.ts";
import type { ReviewItems, ReviewReport } from "./contract.ts";
import type { Item } from "./fold.ts";
import { Standing, type StandingRows } from "./outcome.ts";
import { reportOn } from "./read.ts";
import { foldedLog } from "./refold.ts";
import { rowOf } from "./rows.ts";
import { verifiedBy } from "./verified.ts";

/** One review, and its items with what was decided of each. */
export type ReviewAsOf = ReviewReport & ReviewItems;

/** What the parts say of the places that items are about. */
function standingOf(parts: Parts, items: Iterable<Item>): Standing {
  const places = new Set<string>();
  for (const { frozen } of items) places.add(Standing.placeOf(frozen));
  const rows: StandingRows = { accounts: [], entitlements: [], credentials: [] };
  const isWanted = (row: { application: string; account: string }) => places.has(Standing.placeOf(row));
  for (const part of parts.each()) {
    rows.accounts.push(...part.accounts.filter(isWanted));
    rows.entitlements.push(...part.entitlements.filter(isWanted));
    rows.credentials.push(...part.credentials);
  }
  return new Standing(rows);
}

/** The reviews that were opened by the parts' moment, the oldest first, each with what had happened by then. */
export async function* reviewsAsOf(db: Db, workspace: string, parts: Parts): AsyncGenerator<ReviewAsOf> {
  const { asOf } = parts.about;
  const { reviews, items } = await foldedLog(db.sql, workspace, asOf);
  if (reviews.size === 0) return;
  const standing = standingOf(
    parts,
    [...items.values()].flatMap((own) => [...own.values()]),
  );
  const by = rollcallItself();
  const inOrder = [...reviews.values()].sort((a, b) =>
    `${a.openedAt} ${a.review}` < `${b.openedAt} ${b.review}` ? -1 : 1,
  );
  for (const review of inOrder) {
    const own = [...(items.get(review.review)?.values() ?? [])];
    const view = {
      now: asOf,
      verifiedOf: await verifiedBy(db, workspace, standing, own),
      member: null,
    };
    yield { ...reportOn({ review, items: own }, by, view), rows: own.map((item) => rowOf(item, view)) };
  }
}
