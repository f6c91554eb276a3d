import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EventBody } from "../../../../components/events/event-body.tsx";
import { pageVisit } from "../../../../lib/auth/guard.ts";
import { eventDetail } from "../../../../lib/reports/timeline.ts";
import { segmentText } from "../../../../lib/runtime/segment.ts";

export const metadata: Metadata = { title: "Event" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { db, workspace } = await pageVisit("read");
  const event = await eventDetail(db, workspace, segmentText((await params).id));
  if (event === null) notFound();
  return (
    <div className="max-w-[800px]">
      <h1 className="mb-2 text-sm text-soft">Event</h1>
      <EventBody level="h2" event={event} />
    </div>
  );
}
