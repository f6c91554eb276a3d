/** Reviews as they stood at a moment, worked out from the log: for evidence. */
import type { Db } from "../../db/client.ts";
import { rollcallItself } from "../auth/caller.ts";
import type { Parts } from "../reports/parts.ts";
import type { ReviewItems, ReviewReport } from "./contract.ts";
import { Standing } from "./outcome.ts";
import { reportOn } from "./read.ts";
import { foldedLog } from "./refold.ts";
import { rowOf } from "./rows.ts";
import { rowsInParts } from "./standing.ts";
import { verifiedBy } from "./verified.ts";

/** One review, and its items with what was decided of each. */
export type ReviewAsOf = ReviewReport & ReviewItems;

/** The reviews that were opened by the parts' moment, the oldest first, each with what had happened by then. */
export async function* reviewsAsOf(db: Db, workspace: string, parts: Parts): AsyncGenerator<ReviewAsOf> {
  const { asOf } = parts.about;
  const { reviews, items } = await foldedLog(db.sql, workspace, asOf);
  if (reviews.size === 0) return;
  const all = [...items.values()].flatMap((own) => [...own.values()]);
  const standing = new Standing(
    rowsInParts(
      parts,
      all.map(({ frozen }) => frozen),
    ),
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
