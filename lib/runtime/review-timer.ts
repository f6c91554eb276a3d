/** Keeps reviews going while the pages are served: reminders, and reviews that recur. */
import { installationSecret } from "../auth/cookie.ts";
import { keepReviewsGoing } from "../reviews/keep-reviews-going.ts";
import { reviewLink } from "../reviews/review-link.ts";
import { log } from "./log.ts";
import { startTimer } from "./timer.ts";

/** Starts looking after reviews, until it is stopped. Reminders are due by the day: a quarter of an hour is soon enough. */
export const startReviewTimer = (times?: { first: number; every: number }): (() => Promise<void>) =>
  startTimer(
    "Reviews",
    async (db, workspace) => {
      const surroundings = { linkOf: reviewLink, installation: installationSecret() };
      const done = await keepReviewsGoing(db, workspace, surroundings);
      for (const err of done?.errors ?? [])
        log().error({ err }, "A review could not be opened, or its reviewers reminded.");
      if (done !== null && done.opened + done.reminded > 0) {
        log().info(
          { opened: done.opened, reminded: done.reminded },
          "Reviews were opened and reviewers reminded.",
        );
      }
    },
    times,
  );
