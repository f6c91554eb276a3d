import type { Metadata } from "next";
import { ReviewPage } from "../../../../components/review/review-page.tsx";
import { reviewTasks } from "../../../../lib/reviews/read.ts";
import { writableApplications } from "../../../../lib/scim/connection.ts";
import { reviewOf } from "./review-of.ts";

export const metadata: Metadata = { title: "Review" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { visit, report } = await reviewOf(params);
  const { db, workspace, by } = visit;
  const scim = await writableApplications(db, workspace);
  const tasks = (await reviewTasks(db, workspace, by, report.review, scim)) ?? [];
  return <ReviewPage initial={report} tasks={tasks} now={Date.now()} />;
}
