/** GET /api/v1/applications/…/events?layer=&outcome=&to=&limit=&cursor=: what happened there, the newest first. */
import { guarded } from "../../../../../../lib/auth/guard.ts";
import { applicationEvents } from "../../../../../../lib/reports/application.ts";
import { parseParams, within } from "../../../../../../lib/reports/params.ts";
import { parseTimelineWish } from "../../../../../../lib/reports/timeline-part.ts";
import { answer } from "../../../answer.ts";

export const GET = guarded(
  "read",
  ({ db, workspace, by }, request, { params }: { params: Promise<{ name: string }> }) =>
    answer(async () => {
      const raw = Object.fromEntries(new URL(request.url).searchParams);
      const { customer } = within(by, parseParams({ customer: raw.customer }));
      return applicationEvents(db, workspace, (await params).name, { customer }, parseTimelineWish(raw));
    }),
);
