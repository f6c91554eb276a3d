import type { Metadata } from "next";
import { ReviewsPage } from "../../../components/reviews/reviews-page.tsx";
import { pageVisit } from "../../../lib/auth/guard.ts";
import { listReviews } from "../../../lib/reviews/read.ts";

export const metadata: Metadata = { title: "Reviews" };

export default async function Page() {
  const { db, workspace, by } = await pageVisit("see-reviews");
  return <ReviewsPage initial={await listReviews(db, workspace, by)} />;
}
