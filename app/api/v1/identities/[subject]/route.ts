/** GET /api/v1/identities/…: everything known of one person or unlinked account. */
import { guarded } from "../../../../../lib/auth/guard.ts";
import { parseParams, within } from "../../../../../lib/reports/params.ts";
import { identityReport } from "../../../../../lib/reports/timeline.ts";
import { answer } from "../../answer.ts";

export const GET = guarded(
  "read",
  ({ db, workspace, by }, request, { params }: { params: Promise<{ subject: string }> }) =>
    answer(async () => {
      const { asOf, customer } = within(
        by,
        parseParams(Object.fromEntries(new URL(request.url).searchParams)),
      );
      return identityReport(db, workspace, (await params).subject, { asOf, customer });
    }),
);
