/** Keeps reviews going while the pages are served: reminders, and reviews that recur. */
import { installationSecret } from "../auth/cookie.ts";
import { keepReviewsGoing } from "../reviews/keep-reviews-going.ts";
import { reviewLink } from "../reviews/review-link.ts";
import { log } from "./log.ts";
import { type Rhythm, startTimer } from "./timer.ts";
import { webDb } from "./web.ts";

async function keepGoing(workspace: string): Promise<void> {
  const surroundings = { linkOf: reviewLink, installation: installationSecret() };
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

/** Starts looking after reviews. @returns stops it, as {@link startTimer}. */
export const startReviewTimer = (rhythm?: Rhythm): (() => Promise<void>) =>
  startTimer(keepGoing, "Reviews could not be looked after; again in 15 minutes.", rhythm);
