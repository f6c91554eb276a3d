/** POST /api/v1/ingest/preview {text, map}: what lines of an HTTP server's log would become; nothing is kept. */
import { z } from "zod";
import { guarded } from "../../../../../lib/auth/guard.ts";
import { previewRequests } from "../../../../../lib/ingest/preview-requests.ts";
import { REQUEST_MAP } from "../../../../../lib/ingest/request-map-body.ts";
import { answer } from "../../answer.ts";
import { readJson } from "../../read-json.ts";

const BODY = z.strictObject({ text: z.string().max(200_000), map: REQUEST_MAP });
const EXPECTED =
  "Send text (up to 200,000 characters of the log) and map (fields and where they stand) as JSON.";

export const POST = guarded("ingest", (_visit, request) =>
  answer(async () => {
    const { text, map } = await readJson(request, BODY, EXPECTED);
    return previewRequests(text, map);
  }),
);
