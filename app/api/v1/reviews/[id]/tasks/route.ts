/**
 * GET /api/v1/reviews/ID/tasks: what is to be done after a review, as JSON or with format=csv as a file. POST {items, way,
 * confirm}: hands tasks off; answers with what was said to each.
 */
import { z } from "zod";
import { installationSecret } from "../../../../../../lib/auth/cookie.ts";
import { guarded } from "../../../../../../lib/auth/guard.ts";
import { ParamProblem } from "../../../../../../lib/reports/params.ts";
import { handOffTasks, MOST_TASKS, WAYS } from "../../../../../../lib/reviews/hand-off-tasks.ts";
import { reviewTasks } from "../../../../../../lib/reviews/read.ts";
import { reviewLink } from "../../../../../../lib/reviews/review-link.ts";
import { tasksCsv } from "../../../../../../lib/reviews/tasks-csv.ts";
import { writableApplications } from "../../../../../../lib/scim/connection.ts";
import { answer } from "../../../answer.ts";
import { readJson } from "../../../read-json.ts";

type Context = { params: Promise<{ id: string }> };

const BODY = z.object({
  items: z.array(z.string().max(64)).min(1).max(MOST_TASKS),
  way: z.enum(WAYS),
  confirm: z.boolean().default(false),
});
const EXPECTED = `Send items, the ids of 1 to ${MOST_TASKS} items, way, one of ${WAYS.join(", ")}, and to end access by scim "confirm": true, as JSON.`;

export const POST = guarded<Context>("run-reviews", ({ db, workspace, by }, request, { params }) =>
  answer(async () => {
    const handOff = await readJson(request, BODY, EXPECTED);
    const surroundings = { linkOf: reviewLink, installation: installationSecret() };
    return { sent: await handOffTasks(db, workspace, by, (await params).id, handOff, surroundings) };
  }),
);

export const GET = guarded<Context>("see-reviews", async ({ db, workspace, by }, request, { params }) => {
  const { id } = await params;
  return answer(async () => {
    const format = new URL(request.url).searchParams.get("format") ?? "json";
    if (format !== "json" && format !== "csv")
      throw new ParamProblem("format", `format takes json or csv, not "${format}".`);
    const tasks = await reviewTasks(db, workspace, by, id, await writableApplications(db, workspace));
    if (tasks === null || format === "json") return tasks && { tasks };
    return new Response(tasksCsv(tasks), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": 'attachment; filename="rollcall-tasks.csv"',
      },
    });
  });
});
