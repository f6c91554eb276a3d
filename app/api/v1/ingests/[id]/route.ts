/** GET /api/v1/ingests/…: how far an ingest is, or what came of it. */
import { z } from "zod";
import { guarded } from "../../../../../lib/auth/guard.ts";
import { ingestStatus } from "../../../../../lib/reports/sources.ts";
import { answer } from "../../answer.ts";

export const GET = guarded(
  "read",
  ({ db, workspace }, _request, { params }: { params: Promise<{ id: string }> }) =>
    answer(async () => {
      const id = z.uuid().safeParse((await params).id);
      return id.success ? ingestStatus(db, workspace, id.data) : null;
    }),
);
