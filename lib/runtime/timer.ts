/** What is looked after again and again while the pages are served. */
import { setTimeout as delay } from "node:timers/promises";
import { DEFAULT_WORKSPACE } from "../../db/client.ts";
import { workspaceNames } from "../../db/queries/workspace.ts";
import { log } from "./log.ts";
import { stopping } from "./stopping.ts";
import { webDb } from "./web.ts";

/** Whoever sets something up waits no longer than this for what comes of it. */
const EVERY_MS = 15 * 60_000;
/** Not in the first minute, in which people want their pages. */
const FIRST_MS = 60_000;
/** How long a message that is being sent may keep the process from ending. */
const STOP_MS = 5_000;

/** Milliseconds, for tests. */
export interface Rhythm {
  first?: number;
  every?: number;
}

/** All workspaces once. What goes wrong is logged. */
async function round(work: (workspace: string) => Promise<void>, failed: string): Promise<void> {
  try {
    for (const workspace of await workspaceNames(webDb({ workspace: DEFAULT_WORKSPACE }))) {
      if (stopping().aborted) return;
      await work(workspace);
    }
  } catch (err) {
    if (!stopping().aborted) log().error({ err }, failed);
  }
}

/**
 * Starts doing `work` in each workspace, a round after another, until it is stopped.
 * @param failed what the log says of a round that broke off.
 * @returns stops it; resolves when nothing of it runs any more, or after five seconds.
 */
export function startTimer(
  work: (workspace: string) => Promise<void>,
  failed: string,
  { first = FIRST_MS, every = EVERY_MS }: Rhythm = {},
): () => Promise<void> {
  const stopped = new AbortController();
  const { signal } = stopped;
  const running = (async () => {
    for (let wait = first; ; wait = every) {
      await delay(wait, undefined, { signal, ref: false });
      await round(work, failed);
    }
  })().catch(() => {
    // It ends by being stopped, in a wait: all else is caught above.
  });
  return async () => {
    stopped.abort();
    await Promise.race([running, delay(STOP_MS, undefined, { ref: false })]);
  };
}
