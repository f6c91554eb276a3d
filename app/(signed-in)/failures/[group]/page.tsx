import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { StoryPage } from "../../../../components/failures/story-page.tsx";
import { LIST_PART } from "../../../../components/ui/list-part.ts";
import { pageVisit } from "../../../../lib/auth/guard.ts";
import { failureStory } from "../../../../lib/reports/failure-story.ts";
import { within } from "../../../../lib/reports/params.ts";
import { whenThere } from "../../when-there.tsx";
import { deskOf } from "../desk.ts";

export const metadata: Metadata = { title: "Failure" };

export default async function Page({ params }: { params: Promise<{ group: string }> }) {
  const visit = await pageVisit("read");
  const { db, workspace, by } = visit;
  const { group } = await params;
  return whenThere(`/api/v1/failures/${encodeURIComponent(group)}`, async () => {
    const story = await failureStory(db, workspace, group, { ...within(by, {}), limit: LIST_PART });
    if (story === null) notFound();
    return <StoryPage initial={story} desk={await deskOf(visit)} />;
  });
}
