import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EventBody } from "../../../../components/events/event-body.tsx";
import { DEFAULT_WORKSPACE } from "../../../../db/client.ts";
import { requireSession } from "../../../../lib/auth/session.ts";
import { eventDetail } from "../../../../lib/reports/timeline.ts";
import { webDb } from "../../../../lib/runtime/web.ts";

export const metadata: Metadata = { title: "Event" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  await requireSession();
  const event = await eventDetail(webDb(), DEFAULT_WORKSPACE, decodeURIComponent((await params).id));
  if (event === null) notFound();
  return (
    <div className="max-w-[800px]">
      <h1 className="mb-2 text-sm text-soft">Event</h1>
      <EventBody event={event} />
    </div>
  );
}
