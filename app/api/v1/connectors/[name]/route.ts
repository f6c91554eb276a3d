/**
 * /api/v1/connectors/…: GET tells it, PATCH changes its settings, its secret or how often it runs, pauses it or has it go on,
 * DELETE forgets it; its records stay.
 */
import { z } from "zod";
import { installationSecret } from "../../../../../lib/auth/cookie.ts";
import { guarded } from "../../../../../lib/auth/guard.ts";
import { listConnectors } from "../../../../../lib/connectors/list-connectors.ts";
import { pauseConnector } from "../../../../../lib/connectors/pause-connector.ts";
import { removeConnector } from "../../../../../lib/connectors/remove-connector.ts";
import { resumeConnector } from "../../../../../lib/connectors/resume-connector.ts";
import { setConnector } from "../../../../../lib/connectors/set-connector.ts";
import { answer } from "../../answer.ts";
import { readJson } from "../../read-json.ts";

type Context = { params: Promise<{ name: string }> };

const BODY = z.strictObject({
  settings: z.record(z.string().max(40), z.unknown()).nullable().default(null),
  secret: z.string().max(20_000).nullable().default(null),
  everySeconds: z.number().nullable().default(null),
  paused: z.boolean().nullable().default(null),
});
const EXPECTED =
  'Send what changes: {"settings": {…}, "secret": …, "everySeconds": …, "paused": true or false}.';

export const GET = guarded<Context>("workspace", ({ db, workspace }, _, { params }) =>
  answer(async () => {
    const [connector] = await listConnectors(db, workspace, (await params).name);
    return connector === undefined ? null : { connector };
  }),
);

export const PATCH = guarded<Context>("operate", ({ db, workspace, by }, request, { params }) =>
  answer(async () => {
    const { name } = await params;
    const { paused, ...change } = await readJson(request, BODY, EXPECTED);
    if (Object.values(change).some((value) => value !== null))
      await setConnector(db, workspace, by, name, change, installationSecret());
    if (paused === true) await pauseConnector(db, workspace, by, name);
    if (paused === false) await resumeConnector(db, workspace, by, name);
    const [connector] = await listConnectors(db, workspace, name);
    return connector === undefined ? null : { connector };
  }),
);

export const DELETE = guarded<Context>("operate", ({ db, workspace, by }, _, { params }) =>
  answer(async () => {
    await removeConnector(db, workspace, by, (await params).name);
    return {};
  }),
);
