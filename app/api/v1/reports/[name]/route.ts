/**
 * GET /api/v1/reports/NAME, any of those in lib/reports/run.ts: as JSON, whole or page by page (limit, cursor), or with
 * format=csv as a file; the rows filtered, searched and sorted (f.<column>, q, sort), with the columns that are named.
 */

import { guarded } from "../../../../../lib/auth/guard.ts";
import { csvOf, jsonOf } from "../../../../../lib/reports/export.ts";
import { parsePage, reportPage, reportRows } from "../../../../../lib/reports/page.ts";
import { ParamProblem, parseParams, within } from "../../../../../lib/reports/params.ts";
import { reportAtHand } from "../../../../../lib/reports/recent.ts";
import { isReportName, REPORT_NAMES } from "../../../../../lib/reports/run.ts";
import { parseTable, projected } from "../../../../../lib/reports/table.ts";
import { bodyOf } from "../../../../../lib/runtime/body-of.ts";
import { readReports, toldBy } from "../../../../../lib/runtime/replica.ts";
import { answer, problem } from "../../answer.ts";

export const GET = guarded(
  "read",
  async (visit, request, { params }: { params: Promise<{ name: string }> }) => {
    const { workspace, by } = visit;
    const { name } = await params;
    if (!isReportName(name)) {
      return problem(
        404,
        "unknown_report",
        `There is no report "${name}". There are ${REPORT_NAMES.join(", ")}.`,
      );
    }
    return answer(async () => {
      const search = new URL(request.url).searchParams;
      const { format = "json", ...raw } = Object.fromEntries(search);
      if (format !== "json" && format !== "csv")
        throw new ParamProblem("format", `format takes json or csv, not "${format}".`);
      const wanted = within(by, parseParams(raw));
      const table = parseTable(name, search);
      const { columns } = table;
      const chosen = <T extends { rows: readonly object[] }>(report: T) =>
        columns === null ? report : { ...report, rows: report.rows.map((row) => projected(row, columns)) };
      const page = format === "json" ? parsePage(raw) : null;
      if (page !== null) {
        const part = { ...page, table };
        const { read, replica } = await readReports(visit, (db) =>
          page.only === "rows"
            ? reportRows(db, workspace, name, wanted, part)
            : reportPage(db, workspace, name, wanted, part),
        );
        return toldBy(chosen<{ rows: readonly object[] }>(read), replica);
      }
      const { read: whole, replica } = await readReports(visit, (db) =>
        reportAtHand(db, workspace, name, wanted),
      );
      if (format === "json")
        return new Response(bodyOf(jsonOf(whole, table, toldBy({}, replica))), {
          headers: { "content-type": "application/json" },
        });
      return new Response(bodyOf(csvOf(whole, table)), {
        headers: {
          "content-type": "text/csv; charset=utf-8",
          "content-disposition": `attachment; filename="rollcall-${name}-${whole.head.asOf.slice(0, 10)}.csv"`,
        },
      });
    });
  },
);
