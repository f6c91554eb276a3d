/** Keeps the log's tree up to date while the pages are served, and signs its head each day. */
import { readHeads, sequence } from "../../db/log/tree.ts";
import { publishHead } from "../transparency/publish-head.ts";
import { startTimer } from "./timer.ts";

const DAY = 86_400_000;

/** Starts it, until it is stopped. What an ingest writes it puts into the tree itself: here is what was left over. */
export const startLogTimer = (times?: { first: number; every: number }): (() => Promise<void>) =>
  startTimer(
    "The logs' trees",
    async (db, workspace) => {
      const { size } = await sequence(db, workspace);
      const last = (await readHeads(db.sql, workspace, Number.MAX_SAFE_INTEGER)).at(-1);
      const grown = size > (last?.size ?? 0);
      if (grown && Date.now() - (last?.signedAt ?? 0) >= DAY) await publishHead(db, workspace, Date.now());
    },
    times,
  );
