/** GET /api/v1/identities/…: everything known of one person or unlinked account. */
import { DEFAULT_WORKSPACE } from "../../../../../db/client.ts";
import { withSession } from "../../../../../lib/auth/session.ts";
import { parseParams } from "../../../../../lib/reports/params.ts";
import { identityReport } from "../../../../../lib/reports/timeline.ts";
import { webDb } from "../../../../../lib/runtime/web.ts";
import { answer } from "../../answer.ts";

export const GET = withSession((request: Request, { params }: { params: Promise<{ subject: string }> }) =>
  answer(async () => {
    const { asOf } = parseParams(Object.fromEntries(new URL(request.url).searchParams));
    return identityReport(webDb(), DEFAULT_WORKSPACE, (await params).subject, asOf);
  }),
);
