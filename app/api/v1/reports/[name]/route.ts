/** GET /api/v1/reports/NAME, any of those in lib/reports/run.ts: as JSON, whole or page by page (limit, cursor), or with format=csv as a file. */
import { guarded } from "../../../../../lib/auth/guard.ts";
import { reportCsv } from "../../../../../lib/reports/csv.ts";
import { parsePage, reportPage } from "../../../../../lib/reports/page.ts";
import { ParamProblem, parseParams, within } from "../../../../../lib/reports/params.ts";
import { recentReport } from "../../../../../lib/reports/recent.ts";
import { isReportName, REPORT_NAMES } from "../../../../../lib/reports/run.ts";
import { answer, problem, problemOf } from "../../answer.ts";

export const GET = guarded(
  "read",
  async ({ db, workspace, by }, request, { params }: { params: Promise<{ name: string }> }) => {
    const { name } = await params;
    if (!isReportName(name)) {
      return problem(
        404,
        "unknown_report",
        `There is no report "${name}". There are ${REPORT_NAMES.join(", ")}.`,
      );
    }
    const { format = "json", ...raw } = Object.fromEntries(new URL(request.url).searchParams);
    if (format === "json") {
      return answer(async () => {
        const params = within(by, parseParams(raw));
        const page = parsePage(raw);
        if (page !== null) return reportPage(db, workspace, name, params, page);
        return (await recentReport(db, workspace, name, params)).report;
      });
    }
    try {
      if (format !== "csv") throw new ParamProblem("format", `format takes json or csv, not "${format}".`);
      const { report } = await recentReport(db, workspace, name, within(by, parseParams(raw)));
      return new Response(reportCsv(name, report), {
        headers: {
          "content-type": "text/csv; charset=utf-8",
          "content-disposition": `attachment; filename="rollcall-${name}-${report.asOf.slice(0, 10)}.csv"`,
        },
      });
    } catch (error) {
      return problemOf(error);
    }
  },
);
