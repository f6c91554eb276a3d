/** POST /api/v1/ingest?id=&name=&source=&customer=: the body is a file's bytes; answers when it is read to its end. */
import { z } from "zod";
import { guarded } from "../../../../lib/auth/guard.ts";
import { upload } from "../../../../lib/ingest/upload.ts";
import { stopping } from "../../../../lib/runtime/stopping.ts";
import { answer, problem } from "../answer.ts";

const QUERY = z.object({
  id: z.uuid().optional(),
  name: z.string().trim().min(1).max(255).default("upload"),
  source: z.string().trim().max(100).optional(),
  customer: z.string().trim().max(100).optional(),
});

export const POST = guarded("ingest", async ({ db, workspace, by }, request) => {
  const query = QUERY.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!query.success) {
    const name = String(query.error.issues[0]?.path[0]);
    return problem(400, `bad_${name}`, `The parameter ${name} can't be used: it is too long or no id.`);
  }
  const { body } = request;
  if (body === null) return problem(400, "no_body", "Send the file's bytes as the body of the request.");
  const { id = crypto.randomUUID(), name, source, customer } = query.data;
  const length = request.headers.get("content-length");
  const bytesTotal = length === null ? null : Number(length);
  return answer(async () => ({
    id,
    ...(await upload(db, workspace, by, {
      id,
      body,
      fileName: name,
      bytesTotal,
      source,
      customer,
      stop: stopping(),
    })),
  }));
});
