/** GET /api/v1/sources: sources, ingests and what could not be read. */
import { DEFAULT_WORKSPACE } from "../../../../db/client.ts";
import { withSession } from "../../../../lib/auth/session.ts";
import { sourcesReport } from "../../../../lib/reports/sources.ts";
import { webDb } from "../../../../lib/runtime/web.ts";
import { answer } from "../answer.ts";

export const GET = withSession(() => answer(() => sourcesReport(webDb(), DEFAULT_WORKSPACE)));
