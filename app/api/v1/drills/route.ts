/** GET /api/v1/drills: what is set of drills, what runs, and what is left to clean up, at all applications. */
import { guarded } from "../../../../lib/auth/guard.ts";
import { listDrills } from "../../../../lib/drills/list-drills.ts";
import { answer } from "../answer.ts";

export const GET = guarded("workspace", ({ db, workspace }) =>
  answer(async () => ({ rows: await listDrills(db, workspace) })),
);
