/** POST /api/v1/rebuild {"id"?}: works everything out anew; answers with the id under which /api/v1/jobs tells how far it is. */
import { z } from "zod";
import { guarded } from "../../../../lib/auth/guard.ts";
import { beginRebuild } from "../../../../lib/jobs/begin-rebuild.ts";
import { answer } from "../answer.ts";
import { readJson } from "../read-json.ts";

const Body = z.strictObject({ id: z.uuid().optional() });

export const POST = guarded("operate", ({ db, workspace, by }, request) =>
  answer(async () => {
    const { id = crypto.randomUUID() } = await readJson(request, Body, 'Send {}, or {"id": …} with a UUID.');
    beginRebuild(db, workspace, by, id);
    return Response.json({ id }, { status: 202 });
  }),
);
