/**
 * POST /api/v1/identities/…/privacy {verb, reason}: asks for a person to be sealed, unsealed or erased; answers with the
 * request's id. GET ?request=ID: what became of it, and by which subject the person is known then.
 */
import { z } from "zod";
import { readRequests } from "../../../../../../db/queries/privacy-requests.ts";
import { guarded } from "../../../../../../lib/auth/guard.ts";
import { askPrivacy } from "../../../../../../lib/privacy/ask-privacy.ts";
import { answer } from "../../../answer.ts";
import { readJson } from "../../../read-json.ts";

const Body = z.strictObject({
  verb: z.enum(["seal", "unseal", "erase"]),
  reason: z.string().max(2000).default(""),
});
const EXPECTED = 'Send {"verb": "seal", "unseal" or "erase", "reason": …}.';

type Params = { params: Promise<{ subject: string }> };

export const POST = guarded("operate", ({ db, workspace, by }, request, { params }: Params) =>
  answer(async () => {
    const body = await readJson(request, Body, EXPECTED);
    const id = await askPrivacy(db, workspace, by, { ...body, subject: (await params).subject });
    return Response.json({ id }, { status: 202 });
  }),
);

export const GET = guarded("operate", ({ db, workspace }, request) =>
  answer(async () => {
    const id = new URL(request.url).searchParams.get("request");
    const found = (await readRequests(db.sql, workspace)).find((one) => one.request === id);
    if (found === undefined) return null;
    const { wish, done, problem } = found;
    return { id, verb: wish.verb, done, problem, subject: done ? wish.subject : null };
  }),
);
