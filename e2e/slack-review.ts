/** A review to look at. */
import type { Page } from "playwright";
import type { ReviewItemRow, ReviewsReport } from "../lib/reviews/contract.ts";

/**
 * Opens a review of the accounts at Slack for whoever is signed in, and decides some of them.
 * @param at where the server answers.
 * @returns the page of the review; its items are under `/items`.
 */
export async function reviewOfSlack(page: Page, at: string): Promise<string> {
  const post = async (path: string, data: object): Promise<unknown> =>
    (await page.request.post(`${at}${path}`, { data, headers: { origin: at } })).json();
  const { reviewers } = (await (await page.request.get(`${at}/api/v1/reviews`)).json()) as ReviewsReport;
  const dueAt = new Date(Date.now() + 14 * 86_400_000).toISOString();
  const { review } = (await post("/api/v1/reviews", {
    name: "Slack, spring",
    scope: { applications: ["Slack"] },
    dueAt,
    fallback: reviewers[0]?.member,
  })) as { review: string };
  const path = `/api/v1/reviews/${review}`;
  const { rows } = (await (await page.request.get(`${at}${path}/items?limit=24`)).json()) as {
    rows: ReviewItemRow[];
  };
  const decisions = rows.map(({ item, version }, i) => ({
    item,
    version,
    ...(i % 6 === 0
      ? { decision: "revoke", reason: "no longer in the team" }
      : { decision: "keep", reason: "needs it for the rota" }),
  }));
  await post(`${path}/decisions`, {
    decisions: decisions.slice(0, 1).map((one) => ({ ...one, seconds: 14 })),
  });
  await post(`${path}/decisions`, { decisions: decisions.slice(1) });
  return `/reviews/${review}`;
}
