/** POST /api/v1/views/…/restore: takes back that a saved view was deleted. */
import { z } from "zod";
import { guarded } from "../../../../../../lib/auth/guard.ts";
import { restoreView } from "../../../../../../lib/views/restore-view.ts";
import { answer } from "../../../answer.ts";

export const POST = guarded(
  "workspace",
  ({ db, workspace, by }, _request, { params }: { params: Promise<{ view: string }> }) =>
    answer(async () => {
      const view = z.uuid().safeParse((await params).view);
      if (!view.success) return null;
      await restoreView(db, workspace, by, view.data);
      return {};
    }),
);
