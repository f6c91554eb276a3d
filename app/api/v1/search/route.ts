/** GET /api/v1/search?q=…: people, unlinked accounts and applications by a part of their name. */
import { DEFAULT_WORKSPACE } from "../../../../db/client.ts";
import { withSession } from "../../../../lib/auth/session.ts";
import { search } from "../../../../lib/reports/search.ts";
import { webDb } from "../../../../lib/runtime/web.ts";
import { answer } from "../answer.ts";

export const GET = withSession((request: Request) =>
  answer(() => search(webDb(), DEFAULT_WORKSPACE, new URL(request.url).searchParams.get("q") ?? "")),
);
