/** What is done again and again while the pages are served. */
import { setTimeout as delay } from "node:timers/promises";
import { type Db, DEFAULT_WORKSPACE } from "../../db/client.ts";
import { workspaceNames } from "../../db/queries/workspace.ts";
import { log } from "./log.ts";
import { stopping } from "./stopping.ts";
import { webDb } from "./web.ts";

/** Not in the first minute, in which people want their pages. */
const FIRST_MS = 60_000;
const EVERY_MS = 15 * 60_000;
/** How long what is under way may keep the process from ending. */
const STOP_MS = 5_000;

/** All workspaces once. What goes wrong is logged. */
async function inAll(what: string, work: (db: Db, workspace: string) => Promise<void>): Promise<void> {
  try {
    for (const workspace of await workspaceNames(webDb({ workspace: DEFAULT_WORKSPACE }))) {
      if (stopping().aborted) return;
      await work(webDb({ workspace }), workspace);
    }
  } catch (err) {
    if (!stopping().aborted) log().error({ err }, `${what} could not be looked after; again later.`);
  }
}

/**
 * Does something for each workspace in turn, over and over, until it is stopped.
 * @param what it looks after, as a plural noun with a capital: for the log, when it fails.
 * @param times milliseconds.
 * @returns stops it; resolves when nothing of it runs any more, or after five seconds.
 */
export function startTimer(
  what: string,
  work: (db: Db, workspace: string) => Promise<void>,
  { first = FIRST_MS, every = EVERY_MS } = {},
): () => Promise<void> {
  const stopped = new AbortController();
  const { signal } = stopped;
  const running = (async () => {
    for (let wait = first; ; wait = every) {
      await delay(wait, undefined, { signal, ref: false });
      await inAll(what, work);
    }
  })().catch(() => {
    // It ends by being stopped, in a wait: all else is caught above.
  });
  return async () => {
    stopped.abort();
    await Promise.race([running, delay(STOP_MS, undefined, { ref: false })]);
  };
}
