/** PUT /api/v1/sources/retention {source, days}: how long the records of a source are kept; null: for good. */
import { z } from "zod";
import { guarded } from "../../../../../lib/auth/guard.ts";
import { setRetention } from "../../../../../lib/privacy/set-retention.ts";
import { answer } from "../../answer.ts";
import { readJson } from "../../read-json.ts";

const BODY = z.strictObject({ source: z.string().max(255), days: z.number().nullable() });
const EXPECTED = "Send source (its name) and days (a number, or null for good) as JSON.";

export const PUT = guarded("operate", ({ db, workspace, by }, request) =>
  answer(async () => {
    const { source, days } = await readJson(request, BODY, EXPECTED);
    await setRetention(db, workspace, by, source, days);
    return { source, days };
  }),
);
