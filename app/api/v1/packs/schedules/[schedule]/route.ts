/** DELETE /api/v1/packs/schedules/…: no more packs are made; those that were made stay. */
import { z } from "zod";
import { guarded } from "../../../../../../lib/auth/guard.ts";
import { removePackSchedule } from "../../../../../../lib/packs/remove-pack-schedule.ts";
import { answer } from "../../../answer.ts";

export const DELETE = guarded(
  "settings",
  ({ db, workspace, by }, _request, { params }: { params: Promise<{ schedule: string }> }) =>
    answer(async () => {
      const schedule = z.uuid().safeParse((await params).schedule);
      if (!schedule.success) return null;
      await removePackSchedule(db, workspace, by, schedule.data);
      return {};
    }),
);
