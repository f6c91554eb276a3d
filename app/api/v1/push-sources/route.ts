/**
 * GET /api/v1/push-sources: what vendors push into. POST {source, kind, settings, secret?, customer?}: makes one, and tells its
 * address, and its secret where Rollcall made it, this once.
 */
import { z } from "zod";
import { installationSecret } from "../../../../lib/auth/cookie.ts";
import { guarded } from "../../../../lib/auth/guard.ts";
import { addPushSource } from "../../../../lib/push/add-push-source.ts";
import { listPushSources } from "../../../../lib/push/list-push-sources.ts";
import { answer } from "../answer.ts";
import { readJson } from "../read-json.ts";

const BODY = z.strictObject({
  source: z.string().max(100),
  kind: z.string().max(40),
  settings: z.record(z.string().max(40), z.unknown()).default({}),
  secret: z.string().max(1_000).nullable().default(null),
  customer: z.string().max(255).nullable().default(null),
});
const EXPECTED =
  'Send {"source": …, "kind": …, "settings": {…}}, and secret and customer where they are wanted.';

export const GET = guarded("operate", ({ db, workspace, by }) =>
  answer(async () => ({ base: process.env.NEXTAUTH_URL, ...(await listPushSources(db, workspace, by)) })),
);

export const POST = guarded("operate", ({ db, workspace, by }, request) =>
  answer(async () => {
    const input = await readJson(request, BODY, EXPECTED);
    const made = await addPushSource(db, workspace, by, input, installationSecret());
    const { sources } = await listPushSources(db, workspace, by, made.source);
    return { ...made, url: new URL(sources[0]?.path ?? "", process.env.NEXTAUTH_URL).href };
  }),
);
