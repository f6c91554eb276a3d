/** GET /api/v1/ingests/…: how far an ingest is, or what came of it. */
import { z } from "zod";
import { DEFAULT_WORKSPACE } from "../../../../../db/client.ts";
import { withSession } from "../../../../../lib/auth/session.ts";
import { ingestStatus } from "../../../../../lib/reports/sources.ts";
import { webDb } from "../../../../../lib/runtime/web.ts";
import { answer } from "../../answer.ts";

export const GET = withSession((_request: Request, { params }: { params: Promise<{ id: string }> }) =>
  answer(async () => {
    const id = z.uuid().safeParse((await params).id);
    return id.success ? ingestStatus(webDb(), DEFAULT_WORKSPACE, id.data) : null;
  }),
);
