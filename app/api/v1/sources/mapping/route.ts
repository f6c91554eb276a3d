/** GET, PUT /api/v1/sources/mapping: where the records of an HTTP server's log say what; an empty map takes it away. */
import { z } from "zod";
import { readMapping } from "../../../../../db/queries/source-mappings.ts";
import { guarded } from "../../../../../lib/auth/guard.ts";
import { isRequestMap } from "../../../../../lib/ingest/adapters/scim/request-map.ts";
import { REQUEST_MAP } from "../../../../../lib/ingest/request-map-body.ts";
import { setMapping } from "../../../../../lib/ingest/set-mapping.ts";
import { requireSourceName } from "../../../../../lib/ingest/source-name.ts";
import { answer, problem } from "../../answer.ts";
import { readJson } from "../../read-json.ts";

const BODY = z.strictObject({ source: z.string().max(255), map: REQUEST_MAP });
const EXPECTED = "Send source (its name) and map (fields and where they stand) as JSON.";

export const GET = guarded("ingest", ({ db, workspace }, request) =>
  answer(async () => {
    const source = new URL(request.url).searchParams.get("source") ?? "";
    const map = await readMapping(db.sql, workspace, source);
    return { source, map: isRequestMap(map) ? map : {} };
  }),
);

export const PUT = guarded("ingest", ({ db, workspace, by }, request) =>
  answer(async () => {
    const { source, map } = await readJson(request, BODY, EXPECTED);
    requireSourceName(source);
    const before = await readMapping(db.sql, workspace, source);
    if (Object.keys(before).length > 0 && !isRequestMap(before))
      return problem(
        422,
        "tables",
        `The source ${source} holds tables; their columns are named when one is ingested.`,
      );
    await setMapping(db, workspace, by, source, map);
    return { source, map, before };
  }),
);
