/** GET /api/v1/packs: schedules of evidence packs, and the packs that were made of them. */
import { guarded } from "../../../../lib/auth/guard.ts";
import { listPacks } from "../../../../lib/packs/list-packs.ts";
import { packsFolder } from "../../../../lib/packs/pack-files.ts";
import { answer } from "../answer.ts";

export const GET = guarded("evidence", ({ db, workspace, by }) =>
  answer(() => listPacks(db, workspace, by, packsFolder())),
);
