/**
 * What needs the database's owner while the pages are served: what admins ask for there of people's data, and once a day the
 * removal of what is kept no longer. The pages come in as the application's role; only this knows the owner's address.
 */
import type { Access } from "../../db/client.ts";
import { anyRequest } from "../../db/queries/privacy-requests.ts";
import { readRetention } from "../../db/queries/retention.ts";
import { rollcallItself } from "../auth/caller.ts";
import { carryOutRequests } from "../privacy/carry-out-requests.ts";
import { runRetention } from "../privacy/run-retention.ts";
import { connectOwner } from "./access.ts";
import { alone } from "./alone.ts";
import type { Home } from "./home.ts";
import { log } from "./log.ts";
import { startTimer } from "./timer.ts";
import { webDb } from "./web.ts";

/** Whoever asks on a page waits no longer than this for it to begin. */
const EVERY_MS = 3_000;
/** Not in the first minutes, in which people want their pages. */
const FIRST_RETENTION_MS = 10 * 60_000;
const RETENTION_EVERY_MS = 24 * 3_600_000;

export interface PrivacyTimer {
  /** Of the database's owner. */
  url: string;
  access: Access;
  home: Home;
}

/** One workspace once. @param retention whether it is time to remove old records. */
async function look(
  { url, access, home }: PrivacyTimer,
  workspace: string,
  retention: boolean,
): Promise<void> {
  const pages = webDb({ workspace });
  const rules = retention ? await readRetention(pages.sql, workspace) : [];
  const due = rules.some(({ days }) => days !== null);
  if (!due && !(await anyRequest(pages, workspace))) return;
  const db = connectOwner(url, access, { workspace });
  try {
    await alone(db, `rollcall privacy ${workspace}`, async () => {
      for (const err of await carryOutRequests({ db, workspace, home }))
        log().error({ err }, "What was asked for of a person's data could not be done.");
      if (retention) {
        const { sources } = await runRetention({ db, workspace, home, by: rollcallItself() });
        const removed = sources.reduce((sum, source) => sum + source.removed, 0);
        if (removed > 0) log().info({ removed }, "Old records were removed.");
      }
    });
  } finally {
    await db.close();
  }
}

/**
 * Starts looking.
 * @param every and `firstRetention`: milliseconds.
 * @returns stops it, as {@link startTimer}; a seal that is cut off has changed nothing.
 */
export function startPrivacyTimer(
  timer: PrivacyTimer,
  { every = EVERY_MS, firstRetention = FIRST_RETENTION_MS } = {},
): () => Promise<void> {
  const first = Date.now() + firstRetention;
  /** When each workspace's old records are looked at again. */
  const next = new Map<string, number>();
  const work = (workspace: string): Promise<void> => {
    const retention = Date.now() >= (next.get(workspace) ?? first);
    if (retention) next.set(workspace, Date.now() + RETENTION_EVERY_MS);
    return look(timer, workspace, retention);
  };
  return startTimer(work, "Personal data could not be looked after; again in a moment.", {
    first: every,
    every,
  });
}
