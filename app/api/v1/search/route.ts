/** GET /api/v1/search?q=…: people, unlinked accounts, applications and events by their names and ids. */
import { guarded } from "../../../../lib/auth/guard.ts";
import { search } from "../../../../lib/reports/search.ts";
import { answer } from "../answer.ts";

export const GET = guarded("workspace", ({ db, workspace }, request) =>
  answer(() => search(db, workspace, new URL(request.url).searchParams.get("q") ?? "")),
);
