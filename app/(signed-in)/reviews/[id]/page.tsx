import type { Metadata } from "next";
import { ReviewPage } from "../../../../components/review/review-page.tsx";
import { reviewOf } from "./review-of.ts";

export const metadata: Metadata = { title: "Review" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { report } = await reviewOf(params);
  return <ReviewPage initial={report} now={Date.now()} />;
}
