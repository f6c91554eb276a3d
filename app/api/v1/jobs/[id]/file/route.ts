/** GET /api/v1/jobs/…/file: what the work made, for whoever began it. */
import { guarded } from "../../../../../../lib/auth/guard.ts";
import { fileFor } from "../../../../../../lib/jobs/jobs.ts";
import { problem } from "../../../answer.ts";
import { fileAnswer } from "../../../file-answer.ts";

export const GET = guarded(
  "evidence",
  async ({ workspace, by }, _request, { params }: { params: Promise<{ id: string }> }) => {
    const file = fileFor({ workspace, by }, (await params).id);
    if (file === null)
      return problem(
        404,
        "not_found",
        "There is no such file any more. It is kept for an hour, for whoever made it.",
      );
    return fileAnswer(file);
  },
);
