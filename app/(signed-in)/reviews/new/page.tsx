import type { Metadata } from "next";
import { NewReviewPage } from "../../../../components/review-new/new-review-page.tsx";
import { readCustomers } from "../../../../db/queries/sources.ts";
import { pageVisit } from "../../../../lib/auth/guard.ts";
import { loadModel } from "../../../../lib/reports/model.ts";
import { readReviewers } from "../../../../lib/reviews/plan-review.ts";

export const metadata: Metadata = { title: "New review" };

const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort((a, b) => a.localeCompare(b));

export default async function Page() {
  const { db, workspace, by } = await pageVisit("run-reviews");
  const [model, customers, reviewers] = await Promise.all([
    loadModel(db, workspace, {}),
    readCustomers(db, workspace),
    readReviewers(db, workspace),
  ]);
  return (
    <NewReviewPage
      now={Date.now()}
      me={by.member}
      members={reviewers.map(({ member, name }) => ({ member, name }))}
      choices={{
        applications: sorted(model.across.labels.values()),
        customers,
        departments: sorted([...model.people.values()].flatMap(({ department }) => department ?? [])),
      }}
    />
  );
}
