/** POST /api/v1/rebuild {"id"?}: works everything out anew; answers with the id under which /api/v1/jobs tells how far it is. */
import { z } from "zod";
import { guarded } from "../../../../lib/auth/guard.ts";
import { rebuildApart } from "../../../../lib/ingest/rebuild-apart.ts";
import { beginRebuild } from "../../../../lib/jobs/begin-rebuild.ts";
import { answer } from "../answer.ts";
import { readJson } from "../read-json.ts";

const Body = z.strictObject({ id: z.uuid().optional() });

export const POST = guarded("operate", ({ workspace, by }, request) =>
  answer(async () => {
    const { id = crypto.randomUUID() } = await readJson(request, Body, 'Send {}, or {"id": …} with a UUID.');
    beginRebuild(workspace, by, id, rebuildApart({ workspace, customer: by.customer }));
    return Response.json({ id }, { status: 202 });
  }),
);
