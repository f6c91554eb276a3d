/** GET /api/v1/failures/…: one failure group with each attempt, what was decided, and the calls that try again. */
import { guarded } from "../../../../../lib/auth/guard.ts";
import { failureStory } from "../../../../../lib/reports/failure-story.ts";
import { parseLimit } from "../../../../../lib/reports/page.ts";
import { parseParams, within } from "../../../../../lib/reports/params.ts";
import { answer } from "../../answer.ts";

export const GET = guarded(
  "read",
  ({ db, workspace, by }, request, { params }: { params: Promise<{ group: string }> }) =>
    answer(async () => {
      const { asOf, customer, limit } = Object.fromEntries(new URL(request.url).searchParams);
      return failureStory(db, workspace, (await params).group, {
        ...within(by, parseParams({ asOf, customer })),
        limit: limit === undefined ? undefined : parseLimit(limit),
      });
    }),
);
