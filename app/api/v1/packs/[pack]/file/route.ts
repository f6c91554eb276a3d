/** GET /api/v1/packs/…/file: a pack that a schedule has made. */
import { z } from "zod";
import { guarded } from "../../../../../../lib/auth/guard.ts";
import { downloadPack } from "../../../../../../lib/packs/download-pack.ts";
import { packsFolder } from "../../../../../../lib/packs/pack-files.ts";
import { answer, problem } from "../../../answer.ts";
import { fileAnswer } from "../../../file-answer.ts";

export const GET = guarded(
  "evidence",
  ({ db, workspace, by }, _request, { params }: { params: Promise<{ pack: string }> }) =>
    answer(async () => {
      const pack = z.uuid().safeParse((await params).pack);
      const file = pack.success ? await downloadPack(db, workspace, by, pack.data, packsFolder()) : null;
      if (file === null)
        return problem(404, "not_found", "There is no such pack, or its file is not here any more.");
      return fileAnswer(file);
    }),
);
