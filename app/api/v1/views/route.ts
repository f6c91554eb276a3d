/** GET /api/v1/views?page=NAME: the saved views of a table. POST {page, name, query, shared}: saves one. */
import { z } from "zod";
import { guarded } from "../../../../lib/auth/guard.ts";
import { listViews } from "../../../../lib/views/list-views.ts";
import { saveView } from "../../../../lib/views/save-view.ts";
import { answer } from "../answer.ts";
import { readJson } from "../read-json.ts";

const BODY = z.object({
  page: z.string().max(100),
  name: z.string().max(1_000),
  query: z.string().max(20_000),
  shared: z.boolean().default(false),
});

export const GET = guarded("workspace", ({ db, workspace, by }, request) =>
  answer(() =>
    listViews(db, workspace, by, (new URL(request.url).searchParams.get("page") ?? "").replaceAll("\0", "")),
  ),
);

export const POST = guarded("workspace", ({ db, workspace, by }, request) =>
  answer(async () =>
    saveView(db, workspace, by, await readJson(request, BODY, "Send page, name, query and shared as JSON.")),
  ),
);
