/**
 * /api/v1/applications/…/scim: where the application's SCIM service is, and whether access may be ended there. GET tells it
 * without the token, PUT sets it, DELETE forgets it.
 */
import { z } from "zod";
import type { Db } from "../../../../../../db/client.ts";
import { installationSecret } from "../../../../../../lib/auth/cookie.ts";
import { guarded } from "../../../../../../lib/auth/guard.ts";
import { applicationReport } from "../../../../../../lib/reports/application.ts";
import { scimConnection } from "../../../../../../lib/scim/connection.ts";
import { ENDINGS } from "../../../../../../lib/scim/end-access.ts";
import { removeScimConnection } from "../../../../../../lib/scim/remove-scim-connection.ts";
import { setScimConnection } from "../../../../../../lib/scim/set-scim-connection.ts";
import { answer } from "../../../answer.ts";
import { readJson } from "../../../read-json.ts";

type Context = { params: Promise<{ name: string }> };

const BODY = z.object({
  url: z.string().max(2_000),
  token: z.string().max(4_100).nullable().default(null),
  writes: z.boolean(),
  ending: z.enum(ENDINGS).default("deactivate"),
});
const EXPECTED =
  'Send {"url": …, "token": …, "writes": true or false, "ending": "deactivate" or "delete"}; without a token the one that is set stays.';

/** The label of an application that the records know; null for another. */
const labelOf = async (db: Db, workspace: string, name: string): Promise<string | null> =>
  (await applicationReport(db, workspace, name))?.application ?? null;

export const GET = guarded<Context>("operate", ({ db, workspace }, _, { params }) =>
  answer(async () => {
    const label = await labelOf(db, workspace, (await params).name);
    return label && { connection: await scimConnection(db, workspace, label) };
  }),
);

export const PUT = guarded<Context>("operate", ({ db, workspace, by }, request, { params }) =>
  answer(async () => {
    const input = await readJson(request, BODY, EXPECTED);
    const label = await labelOf(db, workspace, (await params).name);
    if (label === null) return null;
    await setScimConnection(db, workspace, by, label, input, installationSecret());
    return { connection: await scimConnection(db, workspace, label) };
  }),
);

export const DELETE = guarded<Context>("operate", ({ db, workspace, by }, _, { params }) =>
  answer(async () => ({ removed: await removeScimConnection(db, workspace, by, (await params).name) })),
);
