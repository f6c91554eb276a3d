/** Keeps reviews going while the pages are served: reminders, and reviews that recur. */
import { setTimeout as delay } from "node:timers/promises";
import { DEFAULT_WORKSPACE } from "../../db/client.ts";
import { workspaceNames } from "../../db/queries/workspace.ts";
import { installationSecret } from "../auth/cookie.ts";
import { keepReviewsGoing } from "../reviews/keep-reviews-going.ts";
import { reviewLink } from "../reviews/review-link.ts";
import { log } from "./log.ts";
import { stopping } from "./stopping.ts";
import { webDb } from "./web.ts";

/** Reminders are due by the day; whoever opens a review waits no longer than this for the first ones. */
const EVERY_MS = 15 * 60_000;
/** Not in the first minute, in which people want their pages. */
const FIRST_MS = 60_000;
/** How long a message that is being sent may keep the process from ending. */
const STOP_MS = 5_000;

/** All workspaces once. What goes wrong is logged. */
async function keepAllReviewsGoing(): Promise<void> {
  try {
    const surroundings = { linkOf: reviewLink, installation: installationSecret() };
    for (const workspace of await workspaceNames(webDb({ workspace: DEFAULT_WORKSPACE }))) {
      if (stopping().aborted) return;
      const done = await keepReviewsGoing(webDb({ workspace }), workspace, surroundings);
      for (const err of done?.errors ?? [])
        log().error({ err }, "A review could not be opened, or its reviewers reminded.");
      if (done !== null && done.opened + done.reminded > 0) {
        log().info(
          { opened: done.opened, reminded: done.reminded },
          "Reviews were opened and reviewers reminded.",
        );
      }
    }
  } catch (err) {
    if (!stopping().aborted) log().error({ err }, "Reviews could not be looked after; again in 15 minutes.");
  }
}

/**
 * Starts looking after reviews, until it is stopped.
 * @param first and `every`: milliseconds.
 * @returns stops it; resolves when nothing of it runs any more, or after five seconds.
 */
export function startReviewTimer({ first = FIRST_MS, every = EVERY_MS } = {}): () => Promise<void> {
  const stopped = new AbortController();
  const { signal } = stopped;
  const running = (async () => {
    for (let wait = first; ; wait = every) {
      await delay(wait, undefined, { signal, ref: false });
      await keepAllReviewsGoing();
    }
  })().catch(() => {
    // It ends by being stopped, in a wait: all else is caught above.
  });
  return async () => {
    stopped.abort();
    await Promise.race([running, delay(STOP_MS, undefined, { ref: false })]);
  };
}
