/** GET /api/v1/identities/…/events?layer=&application=&outcome=&to=&limit=&cursor=: what happened, the newest first. */
import { guarded } from "../../../../../../lib/auth/guard.ts";
import { parseParams, within } from "../../../../../../lib/reports/params.ts";
import { identityEvents } from "../../../../../../lib/reports/timeline.ts";
import { parseTimelineWish } from "../../../../../../lib/reports/timeline-part.ts";
import { answer } from "../../../answer.ts";

export const GET = guarded(
  "read",
  ({ db, workspace, by }, request, { params }: { params: Promise<{ subject: string }> }) =>
    answer(async () => {
      const raw = Object.fromEntries(new URL(request.url).searchParams);
      const { customer } = within(by, parseParams({ customer: raw.customer }));
      return identityEvents(db, workspace, (await params).subject, { customer }, parseTimelineWish(raw));
    }),
);
