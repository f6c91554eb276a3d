/** /api/v1/alerts/channels/…: PUT sets a channel up or changes it, DELETE takes it away. */
import { z } from "zod";
import { listAlerts } from "../../../../../../lib/alerts/list-alerts.ts";
import { removeAlertChannel } from "../../../../../../lib/alerts/remove-alert-channel.ts";
import { setAlertChannel } from "../../../../../../lib/alerts/set-alert-channel.ts";
import { installationSecret } from "../../../../../../lib/auth/cookie.ts";
import { guarded } from "../../../../../../lib/auth/guard.ts";
import { answer } from "../../../answer.ts";
import { readJson } from "../../../read-json.ts";

type Context = { params: Promise<{ name: string }> };

const BODY = z.strictObject({
  kind: z.enum(["email", "slack", "webhook"]).optional(),
  to: z.string().max(2_000).optional(),
  on: z.boolean().optional(),
  digest: z.boolean().optional(),
});
const EXPECTED =
  'Send {"kind": "email", "slack" or "webhook", "to": …}; and on and digest (true or false) if you like. Of a channel that is there, what changes.';

/** Answers with the channel and, of a webhook whose address was given, the secret that its calls are signed with, this once. */
export const PUT = guarded<Context>("operate", ({ db, workspace, by }, request, { params }) =>
  answer(async () => {
    const { name } = await params;
    const change = await readJson(request, BODY, EXPECTED);
    const secret = await setAlertChannel(db, workspace, by, name, change, installationSecret());
    const { channels } = await listAlerts(db, workspace);
    return { channel: channels.find((channel) => channel.name === name), secret };
  }),
);

export const DELETE = guarded<Context>("operate", ({ db, workspace, by }, _, { params }) =>
  answer(async () => {
    await removeAlertChannel(db, workspace, by, (await params).name);
    return {};
  }),
);
