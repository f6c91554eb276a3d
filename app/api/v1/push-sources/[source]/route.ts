/**
 * /api/v1/push-sources/…: GET tells it, PATCH changes its settings or its secret, which is told this once where Rollcall makes a
 * new one, DELETE forgets it; its records stay.
 */
import { z } from "zod";
import { installationSecret } from "../../../../../lib/auth/cookie.ts";
import { guarded } from "../../../../../lib/auth/guard.ts";
import { listPushSources } from "../../../../../lib/push/list-push-sources.ts";
import { removePushSource } from "../../../../../lib/push/remove-push-source.ts";
import { setPushSource } from "../../../../../lib/push/set-push-source.ts";
import { answer } from "../../answer.ts";
import { readJson } from "../../read-json.ts";

type Context = { params: Promise<{ source: string }> };

const BODY = z.strictObject({
  settings: z.record(z.string().max(40), z.unknown()).nullable().default(null),
  secret: z
    .union([z.string().max(1_000), z.strictObject({ new: z.literal(true) })])
    .nullable()
    .default(null),
});
const EXPECTED = 'Send what changes: {"settings": {…}, "secret": the vendor\'s, or {"new": true}}.';

export const GET = guarded<Context>("operate", ({ db, workspace, by }, _, { params }) =>
  answer(async () => {
    const { sources } = await listPushSources(db, workspace, by, (await params).source);
    return sources[0] ?? null;
  }),
);

export const PATCH = guarded<Context>("operate", ({ db, workspace, by }, request, { params }) =>
  answer(async () => {
    const change = await readJson(request, BODY, EXPECTED);
    return setPushSource(db, workspace, by, (await params).source, change, installationSecret());
  }),
);

export const DELETE = guarded<Context>("operate", ({ db, workspace, by }, _, { params }) =>
  answer(async () => {
    await removePushSource(db, workspace, by, (await params).source);
    return {};
  }),
);
