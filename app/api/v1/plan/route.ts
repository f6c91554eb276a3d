/** GET /api/v1/plan: what to automate next, with the parameters of the coverage report; with format=csv as a file. */
import { guarded } from "../../../../lib/auth/guard.ts";
import { ParamProblem, parseParams, within } from "../../../../lib/reports/params.ts";
import { planCsv, planRows } from "../../../../lib/reports/plan.ts";
import { recentReport } from "../../../../lib/reports/recent.ts";
import { answer } from "../answer.ts";

export const GET = guarded("read", ({ db, workspace, by }, request) =>
  answer(async () => {
    const { format = "json", ...raw } = Object.fromEntries(new URL(request.url).searchParams);
    if (format !== "json" && format !== "csv")
      throw new ParamProblem("format", `format takes json or csv, not "${format}".`);
    // A plan ranks applications; those of one customer with `customer`.
    const params = within(by, parseParams({ ...raw, by: undefined }));
    const { report } = await recentReport(db, workspace, "coverage", params);
    if (format === "json") return { asOf: report.asOf, window: report.window, rows: planRows(report) };
    return new Response(planCsv(report, new URL(process.env.NEXTAUTH_URL ?? request.url).origin), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="rollcall-plan-${report.asOf.slice(0, 10)}.csv"`,
      },
    });
  }),
);
