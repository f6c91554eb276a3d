/** DELETE /api/v1/views/…: deletes a saved view; it can be taken back. */
import { z } from "zod";
import { guarded } from "../../../../../lib/auth/guard.ts";
import { deleteView } from "../../../../../lib/views/delete-view.ts";
import { answer } from "../../answer.ts";

export const DELETE = guarded(
  "workspace",
  ({ db, workspace, by }, _request, { params }: { params: Promise<{ view: string }> }) =>
    answer(async () => {
      const view = z.uuid().safeParse((await params).view);
      if (!view.success) return null;
      await deleteView(db, workspace, by, view.data);
      return {};
    }),
);
