/** GET /api/v1/audit?from=&to=&verb=&text=&limit=&cursor=: who did what, the newest first; with format=csv all of it as a file. */
import { z } from "zod";
import { auditPage } from "../../../../lib/auth/audit.ts";
import { auditCsv } from "../../../../lib/auth/audit-csv.ts";
import { auditFilter } from "../../../../lib/auth/audit-filter.ts";
import { guarded } from "../../../../lib/auth/guard.ts";
import { bodyOf } from "../../../../lib/runtime/body-of.ts";
import { answer, problem } from "../answer.ts";

const QUERY = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.coerce.number().int().positive().safe().optional(),
  format: z.enum(["json", "csv"]).default("json"),
});

export const GET = guarded("audit", async ({ db, workspace }, request) => {
  const given = Object.fromEntries(new URL(request.url).searchParams);
  const query = QUERY.safeParse(given);
  if (!query.success) {
    const name = String(query.error.issues[0]?.path[0]);
    return problem(400, `bad_${name}`, `The parameter ${name} can't be used.`);
  }
  const { limit, cursor, format } = query.data;
  return answer(async () => {
    const filter = { ...auditFilter(given), before: cursor };
    if (format === "json") return auditPage(db, workspace, filter, limit);
    return new Response(bodyOf(auditCsv(db, workspace, filter)), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": 'attachment; filename="rollcall-audit.csv"',
      },
    });
  });
});
