/** GET /api/v1/jobs: what runs, and what ended lately. */
import { guarded } from "../../../../lib/auth/guard.ts";
import { listWork } from "../../../../lib/work/list-work.ts";
import { answer } from "../answer.ts";

export const GET = guarded("read", ({ db, workspace, by }) => answer(() => listWork(db, { workspace, by })));
