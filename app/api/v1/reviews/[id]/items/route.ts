/**
 * GET /api/v1/reviews/ID/items: the items that one may see, as JSON page by page (limit, cursor) or with format=csv as a
 * file; filtered, searched and sorted as the reports are (f.<column>, q, sort, columns, facets).
 */
import { guarded } from "../../../../../../lib/auth/guard.ts";
import { arrangedReport } from "../../../../../../lib/reports/arranged.ts";
import { csvPieces } from "../../../../../../lib/reports/csv.ts";
import { parsePage, tablePage } from "../../../../../../lib/reports/page.ts";
import { ParamProblem } from "../../../../../../lib/reports/params.ts";
import { parseTable, projected } from "../../../../../../lib/reports/table.ts";
import { reviewItems } from "../../../../../../lib/reviews/read.ts";
import { answer } from "../../../answer.ts";

export const GET = guarded(
  "see-reviews",
  async ({ db, workspace, by }, request, { params }: { params: Promise<{ id: string }> }) => {
    const { id } = await params;
    return answer(async () => {
      const search = new URL(request.url).searchParams;
      const { format = "json", limit, cursor, skip, only } = Object.fromEntries(search);
      if (format !== "json" && format !== "csv")
        throw new ParamProblem("format", `format takes json or csv, not "${format}".`);
      const table = parseTable("review", search);
      const { columns } = table;
      const items = await reviewItems(db, workspace, by, id);
      if (items === null) return null;
      const chosen = <T extends { rows: readonly object[] }>(report: T) =>
        columns === null ? report : { ...report, rows: report.rows.map((row) => projected(row, columns)) };
      const page = format === "json" ? parsePage({ limit, cursor, skip, only }) : null;
      if (page !== null) return chosen(await tablePage(items, { ...page, table }));
      const report = await arrangedReport(items, table);
      if (format === "json") return chosen(report);
      return new Response([...csvPieces("review", report, columns ?? undefined)].join(""), {
        headers: {
          "content-type": "text/csv; charset=utf-8",
          "content-disposition": `attachment; filename="rollcall-review-${report.asOf.slice(0, 10)}.csv"`,
        },
      });
    });
  },
);
