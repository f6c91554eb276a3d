/** PUT /api/v1/scim-sources/…/token: a new token for the source, told this once; the one before is over. */
import { guarded } from "../../../../../../lib/auth/guard.ts";
import { renewScimSource } from "../../../../../../lib/scim-server/renew-scim-source.ts";
import { answer } from "../../../answer.ts";

type Context = { params: Promise<{ source: string }> };

export const PUT = guarded<Context>("operate", ({ db, workspace, by }, _request, { params }) =>
  answer(async () => renewScimSource(db, workspace, by, (await params).source)),
);
