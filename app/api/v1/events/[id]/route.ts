/** GET /api/v1/events/…: one event with the raw record behind it. */
import { DEFAULT_WORKSPACE } from "../../../../../db/client.ts";
import { withSession } from "../../../../../lib/auth/session.ts";
import { eventDetail } from "../../../../../lib/reports/timeline.ts";
import { webDb } from "../../../../../lib/runtime/web.ts";
import { answer } from "../../answer.ts";

export const GET = withSession((_request: Request, { params }: { params: Promise<{ id: string }> }) =>
  answer(async () => eventDetail(webDb(), DEFAULT_WORKSPACE, (await params).id)),
);
