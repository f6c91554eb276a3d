/** GET /api/v1/failures/webhook: where tickets go. PUT {url}: sets it, null takes it away; answers with the secret, this once. */
import { z } from "zod";
import { readTicketWebhook } from "../../../../../db/queries/ticket-webhooks.ts";
import { installationSecret } from "../../../../../lib/auth/cookie.ts";
import { guarded } from "../../../../../lib/auth/guard.ts";
import { setTicketWebhook } from "../../../../../lib/failures/set-ticket-webhook.ts";
import { answer } from "../../answer.ts";
import { readJson } from "../../read-json.ts";

const BODY = z.object({ url: z.string().max(2_000).nullable() });
const EXPECTED = "Send url, the address of the ticket system's webhook or null, as JSON.";

export const GET = guarded("operate", ({ db, workspace }) =>
  answer(async () => {
    const set = await readTicketWebhook(db.sql, workspace);
    return set === null
      ? { url: null, setAt: null, setBy: null }
      : { url: set.url, setAt: new Date(set.setAt).toISOString(), setBy: set.setBy };
  }),
);

export const PUT = guarded("operate", ({ db, workspace, by }, request) =>
  answer(async () => {
    const { url } = await readJson(request, BODY, EXPECTED);
    return { secret: await setTicketWebhook(db, workspace, by, url, installationSecret()) };
  }),
);
