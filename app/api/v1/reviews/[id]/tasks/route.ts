/** GET /api/v1/reviews/ID/tasks: what is to be done after a review, as JSON or with format=csv as a file. */
import { guarded } from "../../../../../../lib/auth/guard.ts";
import { ParamProblem } from "../../../../../../lib/reports/params.ts";
import { reviewTasks } from "../../../../../../lib/reviews/read.ts";
import { tasksCsv } from "../../../../../../lib/reviews/tasks-csv.ts";
import { answer } from "../../../answer.ts";

export const GET = guarded(
  "see-reviews",
  async ({ db, workspace, by }, request, { params }: { params: Promise<{ id: string }> }) => {
    const { id } = await params;
    return answer(async () => {
      const format = new URL(request.url).searchParams.get("format") ?? "json";
      if (format !== "json" && format !== "csv")
        throw new ParamProblem("format", `format takes json or csv, not "${format}".`);
      const tasks = await reviewTasks(db, workspace, by, id);
      if (tasks === null || format === "json") return tasks && { tasks };
      return new Response(tasksCsv(tasks), {
        headers: {
          "content-type": "text/csv; charset=utf-8",
          "content-disposition": 'attachment; filename="rollcall-tasks.csv"',
        },
      });
    });
  },
);
