/** GET /api/v1/sources: sources, ingests and what could not be read. */
import { guarded } from "../../../../lib/auth/guard.ts";
import { sourcesReport } from "../../../../lib/reports/sources.ts";
import { answer } from "../answer.ts";

export const GET = guarded("read", ({ db, workspace }) => answer(() => sourcesReport(db, workspace)));
