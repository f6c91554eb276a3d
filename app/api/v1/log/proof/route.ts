/** GET /api/v1/log/proof?event=…: that the record of an event is in the log. */
import { guarded } from "../../../../../lib/auth/guard.ts";
import { proveRecord } from "../../../../../lib/transparency/prove-record.ts";
import { answer } from "../../answer.ts";

export const GET = guarded("evidence", ({ db, workspace }, request) =>
  answer(() => proveRecord(db, workspace, new URL(request.url).searchParams.get("event") ?? "", Date.now())),
);
