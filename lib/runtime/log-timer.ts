/** While the pages are served: keeps the logs' trees up to date, signs their heads each day, and makes the months to come. */
import { ensureMonthsAhead } from "../../db/log/months.ts";
import { lastHead, sequence } from "../../db/log/tree.ts";
import { publishHead } from "../transparency/publish-head.ts";
import { type Rhythm, startTimer } from "./timer.ts";
import { webDb } from "./web.ts";

const DAY = 86_400_000;

async function keepTree(workspace: string): Promise<void> {
  const db = webDb({ workspace });
  await ensureMonthsAhead(db.sql);
  const { size } = await sequence(db, workspace);
  const last = await lastHead(db.sql, workspace);
  const now = Date.now();
  if (size > (last?.size ?? 0) && now - (last?.signedAt ?? 0) >= DAY) await publishHead(db, workspace, now);
}

/**
 * Starts it. What an ingest writes it puts into the tree itself: here is what was left over.
 * @returns stops it, as {@link startTimer}.
 */
export const startLogTimer = (rhythm?: Rhythm): (() => Promise<void>) =>
  startTimer(keepTree, "The logs' trees could not be looked after; again in 15 minutes.", rhythm);
