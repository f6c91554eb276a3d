/** GET /api/v1/jobs: what runs, and what ended lately. */
import { guarded } from "../../../../lib/auth/guard.ts";
import { listJobs } from "../../../../lib/jobs/list-jobs.ts";
import { answer } from "../answer.ts";

export const GET = guarded("read", ({ db, workspace, by }) => answer(() => listJobs(db, { workspace, by })));
