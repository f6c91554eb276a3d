/** POST /api/v1/alerts/channels/…/test: sends a test, and answers with what the channel answered. */
import { testAlertChannel } from "../../../../../../../lib/alerts/test-alert-channel.ts";
import { installationSecret } from "../../../../../../../lib/auth/cookie.ts";
import { guarded } from "../../../../../../../lib/auth/guard.ts";
import { answer } from "../../../../answer.ts";

type Context = { params: Promise<{ name: string }> };

export const POST = guarded<Context>("operate", ({ db, workspace, by }, _, { params }) =>
  answer(async () => testAlertChannel(db, workspace, by, (await params).name, installationSecret())),
);
