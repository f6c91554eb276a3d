/** Every page with the words that its heading has, for what looks at all of them. */
import type { Page } from "playwright/test";
import { origin } from "./sign-in.ts";

export const PAGES = [
  ["/", "Overview"],
  ["/coverage", "Coverage"],
  ["/coverage?view=people", "Coverage"],
  ["/coverage?by=customer", "Coverage"],
  ["/coverage?by=customer&view=people", "Coverage"],
  ["/coverage/plan", "Automation plan"],
  ["/failures", "Failures"],
  ["/failures?state=all", "Failures"],
  ["/offboarding", "Offboarding"],
  ["/joiners", "Joiners"],
  ["/movers", "Movers"],
  ["/movers?view=moves", "Movers"],
  ["/dormant", "Dormant"],
  ["/dormant?days=30", "Dormant"],
  ["/accounts", "Accounts"],
  ["/applications/Slack", "Application"],
  ["/reviews", "Reviews"],
  ["/reviews/new", "New review"],
  ["/sources", "Sources"],
  ["/sources?scim=new", "Sources"],
  ["/links", "Who is who"],
  ["/evidence", "Evidence"],
  ["/evidence?schedule=new", "Evidence"],
  ["/access", "Access"],
  ["/access?member=new", "Access"],
  ["/access?token=new", "Access"],
  ["/shares", "Sharing"],
  ["/shares?share=new", "Sharing"],
  ["/audit", "Audit log"],
] as const;

/** Pages that show records, for what looks at them with records of its own. */
export const RECORD_PAGES = [
  "/",
  "/coverage",
  "/offboarding",
  "/joiners",
  "/movers",
  "/movers?view=moves",
  "/dormant",
  "/accounts",
  "/sources",
  "/links",
] as const;

/** A person who has left and still has access, and the newest event that is known of them: their pages. */
export async function pagesOfSomebody(page: Page): Promise<{ identity: string; event: string }> {
  const answer = await page.request.get(`${origin}/api/v1/reports/offboarding?limit=1`);
  const { rows } = (await answer.json()) as { rows: { subject: string }[] };
  const identity = `/identities/${encodeURIComponent(rows[0]?.subject ?? "")}`;
  const events = await page.request.get(`${origin}/api/v1${identity}/events?limit=1`);
  const { events: newest } = (await events.json()) as { events: { id: string }[] };
  return { identity, event: `/events/${encodeURIComponent(newest[0]?.id ?? "")}` };
}
