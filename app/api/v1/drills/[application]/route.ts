/** /api/v1/drills/…: GET tells all of an application's drills, with what they have shown; PUT sets what changes. */
import { z } from "zod";
import { guarded } from "../../../../../lib/auth/guard.ts";
import { showDrills } from "../../../../../lib/drills/list-drills.ts";
import { setDrills } from "../../../../../lib/drills/set-drills.ts";
import { answer } from "../../answer.ts";
import { readJson } from "../../read-json.ts";

type Context = { params: Promise<{ application: string }> };

const NAME = z.string().max(300);
const BODY = z.strictObject({
  active: z.boolean().optional(),
  everyHours: z.number().nullable().optional(),
  domain: NAME.optional(),
  group: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("none") }),
      z.strictObject({ kind: z.literal("own") }),
      z.strictObject({ kind: z.literal("named"), name: NAME }),
    ])
    .optional(),
  follow: NAME.nullable().optional(),
  followHours: z.number().optional(),
});
const EXPECTED =
  'Send what changes: {"active": true or false, "everyHours": 24 or null, "domain": "example.invalid", "group": {"kind": "none", "own" or "named", "name": …}, "follow": a user name or null, "followHours": 4}.';

export const GET = guarded<Context>("workspace", ({ db, workspace }, _, { params }) =>
  answer(async () => showDrills(db, workspace, (await params).application)),
);

export const PUT = guarded<Context>("operate", ({ db, workspace, by }, request, { params }) =>
  answer(async () => {
    const { application } = await params;
    await setDrills(db, workspace, by, application, await readJson(request, BODY, EXPECTED));
    return showDrills(db, workspace, application);
  }),
);
