/** What the tests of pages in trouble share. */
import type { Page } from "playwright/test";
import { reviewOfSlack } from "./slack-review.ts";

/** Those that are pages of one thing each, at any server with the sample. */
export async function detailPages(page: Page, at: string): Promise<[string, string | RegExp][]> {
  const read = async <T>(path: string) => (await (await page.request.get(`${at}/api/v1${path}`)).json()) as T;
  const { rows } = await read<{ rows: { subject: string }[] }>("/reports/offboarding?limit=1");
  const person = `/identities/${encodeURIComponent(rows[0]?.subject ?? "")}`;
  const { events } = await read<{ events: { id: string }[] }>(`${person}/events?limit=1`);
  const failures = await read<{ rows: { id: string }[] }>("/reports/failures?limit=1");
  const review = await reviewOfSlack(page, at);
  return [
    [person, /./u],
    [`/events/${encodeURIComponent(events[0]?.id ?? "")}`, /./u],
    [`/failures/${encodeURIComponent(failures.rows[0]?.id ?? "")}`, /./u],
    [review, /./u],
    [`${review}/items`, /./u],
  ];
}

/** The shape of what comes. */
export const WAITING = "[role=status][aria-label^=Working]";
