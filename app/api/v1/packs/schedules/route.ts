/** PUT /api/v1/packs/schedules {every, customer? or application?, keep?}: sets how often a pack of that scope is made. */
import { z } from "zod";
import { guarded } from "../../../../../lib/auth/guard.ts";
import { setPackSchedule } from "../../../../../lib/packs/set-pack-schedule.ts";
import { answer } from "../../answer.ts";
import { readJson } from "../../read-json.ts";

const BODY = z.strictObject({
  every: z.string().max(20),
  customer: z.string().max(255).optional(),
  application: z.string().max(255).optional(),
  keep: z.number().optional(),
});
const EXPECTED =
  "Send every (week, month or quarter) as JSON, and customer or application, and keep (a number) if you like.";

export const PUT = guarded("settings", ({ db, workspace, by }, request) =>
  answer(async () => ({
    schedule: await setPackSchedule(db, workspace, by, await readJson(request, BODY, EXPECTED)),
  })),
);
