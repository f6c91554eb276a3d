import type { Metadata } from "next";
import { NewReviewPage } from "../../../../components/review-new/new-review-page.tsx";
import { readCustomers } from "../../../../db/queries/sources.ts";
import { pageVisit } from "../../../../lib/auth/guard.ts";
import { reportAtHand } from "../../../../lib/reports/recent.ts";
import { readReviewers } from "../../../../lib/reviews/plan-review.ts";
import { whenThere } from "../../when-there.tsx";

export const metadata: Metadata = { title: "New review" };

const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort((a, b) => a.localeCompare(b));

export default async function Page() {
  const { db, workspace, by } = await pageVisit("run-reviews");
  return whenThere("/api/v1/reports/coverage?limit=1", async () => {
    const [{ applications, departments }, customers, reviewers] = await Promise.all([
      reportAtHand(db, workspace, "coverage"),
      readCustomers(db, workspace),
      readReviewers(db, workspace),
    ]);
    return (
      <NewReviewPage
        now={Date.now()}
        me={by.member}
        members={reviewers.map(({ member, name }) => ({ member, name }))}
        choices={{ applications: sorted(applications), customers, departments: sorted(departments) }}
      />
    );
  });
}
