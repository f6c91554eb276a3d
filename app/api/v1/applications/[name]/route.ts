/** GET /api/v1/applications/…: everything known of one application. */
import { guarded } from "../../../../../lib/auth/guard.ts";
import { applicationReport } from "../../../../../lib/reports/application.ts";
import { parseParams, within } from "../../../../../lib/reports/params.ts";
import { answer } from "../../answer.ts";

export const GET = guarded(
  "read",
  ({ db, workspace, by }, request, { params }: { params: Promise<{ name: string }> }) =>
    answer(async () => {
      const raw = Object.fromEntries(new URL(request.url).searchParams);
      const { asOf, customer } = within(by, parseParams(raw));
      return applicationReport(db, workspace, (await params).name, { asOf, customer });
    }),
);
