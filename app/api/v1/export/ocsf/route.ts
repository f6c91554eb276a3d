/** GET /api/v1/export/ocsf?from=&to=&source=: the log's events as OCSF, one JSON object a line. */
import { guarded } from "../../../../../lib/auth/guard.ts";
import { exportEvents } from "../../../../../lib/ocsf/export-events.ts";
import { parseParams } from "../../../../../lib/reports/params.ts";
import { bodyOf } from "../../../../../lib/runtime/body-of.ts";
import { answer } from "../../answer.ts";

export const GET = guarded("read", async ({ by, db, workspace }, request) => {
  const given = new URL(request.url).searchParams;
  const of = (name: string) => given.get(name) ?? undefined;
  return answer(async () => {
    const { from, to } = parseParams({ from: of("from"), to: of("to") });
    const lines = await exportEvents(db, workspace, by, { from, to, source: of("source") });
    return new Response(bodyOf(lines), {
      headers: {
        "content-type": "application/x-ndjson; charset=utf-8",
        "content-disposition": 'attachment; filename="rollcall-ocsf.ndjson"',
      },
    });
  });
});
