/** DELETE /api/v1/scim-sources/…: ends the source's token at once; what has come in stays. */
import { guarded } from "../../../../../lib/auth/guard.ts";
import { revokeScimSource } from "../../../../../lib/scim-server/revoke-scim-source.ts";
import { answer } from "../../answer.ts";

type Context = { params: Promise<{ source: string }> };

export const DELETE = guarded<Context>("operate", ({ db, workspace, by }, _request, { params }) =>
  answer(async () => {
    await revokeScimSource(db, workspace, by, (await params).source);
    return {};
  }),
);
