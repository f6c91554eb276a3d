/** GET /api/v1/events/…: one event with the raw record behind it. */
import { guarded } from "../../../../../lib/auth/guard.ts";
import { eventDetail } from "../../../../../lib/reports/timeline.ts";
import { answer } from "../../answer.ts";

export const GET = guarded(
  "read",
  ({ db, workspace }, _request, { params }: { params: Promise<{ id: string }> }) =>
    answer(async () => eventDetail(db, workspace, (await params).id)),
);
