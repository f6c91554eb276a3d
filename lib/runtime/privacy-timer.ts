/**
 * What needs the database's owner while the pages are served: what admins ask for there of people's data, and once a day the
 * removal of what is kept no longer. The pages come in as the application's role; only this knows the owner's address.
 */
import { setTimeout as delay } from "node:timers/promises";
import { type Access, connect, DEFAULT_WORKSPACE } from "../../db/client.ts";
import { anyRequest } from "../../db/queries/privacy-requests.ts";
import { readRetention } from "../../db/queries/retention.ts";
import { workspaceNames } from "../../db/queries/workspace.ts";
import { rollcallItself } from "../auth/caller.ts";
import { carryOutRequests } from "../privacy/carry-out-requests.ts";
import { runRetention } from "../privacy/run-retention.ts";
import { connectOwner } from "./access.ts";
import { alone } from "./alone.ts";
import type { Home } from "./home.ts";
import { log } from "./log.ts";

/** Whoever asks on a page waits no longer than this for it to begin. */
const EVERY_MS = 3_000;
/** Not in the first minutes, in which people want their pages. */
const FIRST_RETENTION_MS = 10 * 60_000;
const RETENTION_EVERY_MS = 24 * 3_600_000;
/** How long a seal that is under way may keep the process from ending: cut off, nothing has changed. */
const STOP_MS = 5_000;

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
  const asking = connect(access, { workspace }, 1);
  try {
    const rules = retention ? await readRetention(asking.sql, workspace) : [];
    const due = rules.some(({ days }) => days !== null);
    if (!due && !(await anyRequest(asking, workspace))) return;
  } finally {
    await asking.close();
  }
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
 * Starts looking, until it is stopped.
 * @param every and `firstRetention`: milliseconds.
 * @returns stops it; resolves when nothing of it runs any more, or after five seconds.
 */
export function startPrivacyTimer(
  timer: PrivacyTimer,
  { every = EVERY_MS, firstRetention = FIRST_RETENTION_MS } = {},
): () => Promise<void> {
  const stopped = new AbortController();
  const { signal } = stopped;
  let next = Date.now() + firstRetention;
  const round = async () => {
    const retention = Date.now() >= next;
    if (retention) next = Date.now() + RETENTION_EVERY_MS;
    const names = connect(timer.access, { workspace: DEFAULT_WORKSPACE }, 1);
    try {
      for (const workspace of await workspaceNames(names)) {
        if (signal.aborted) return;
        await look(timer, workspace, retention);
      }
    } finally {
      await names.close();
    }
  };
  const running = (async () => {
    for (;;) {
      await delay(every, undefined, { signal, ref: false });
      await round().catch((err: unknown) => {
        if (!signal.aborted)
          log().error({ err }, "Personal data could not be looked after; again in a moment.");
      });
    }
  })().catch(() => {
    // It ends by being stopped, in a wait: all else is caught above.
  });
  return async () => {
    stopped.abort();
    await Promise.race([running, delay(STOP_MS, undefined, { ref: false })]);
  };
}
