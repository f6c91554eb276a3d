/** Says where tickets go. */
import type { Db } from "../../db/client.ts";
import {
  readTicketWebhook,
  removeTicketWebhook,
  storeTicketWebhook,
} from "../../db/queries/ticket-webhooks.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { seal } from "../auth/seal.ts";
import { webhookAddress } from "../net/call-webhook.ts";
import { FailureProblem } from "./problem.ts";
import { newWebhookSecret } from "./sign-call.ts";

/** What the secret is encrypted for; see lib/auth/seal.ts. */
export const WEBHOOK_SECRET = "ticket webhook";

/** @throws {FailureProblem} for what is no address; whether it may be called is asked when it is. */
function addressOf(text: string): string {
  const address = webhookAddress(text);
  if (address !== null) return address;
  throw new FailureProblem(
    "bad-address",
    "Give the address of the ticket system's webhook, like https://tickets.example.com/hooks/rollcall, without a user name or password in it.",
  );
}

/**
 * Sets the address and makes a new secret for it.
 * @param address null: tickets go nowhere any more.
 * @param installation the secret of this installation, under which the webhook's is kept.
 * @returns the secret that calls are signed with, which is shown this once; null without an address.
 * @throws {AccessProblem} {@link FailureProblem}
 */
export async function setTicketWebhook(
  db: Db,
  workspace: string,
  by: Caller,
  address: string | null,
  installation: string,
): Promise<string | null> {
  return act({ db, workspace, by }, "operate", "set-ticket-webhook", async (sql) => {
    const url = address === null ? null : addressOf(address);
    const before = (await readTicketWebhook(sql, workspace))?.url ?? null;
    if (url === null) {
      await removeTicketWebhook(sql, workspace);
      return { result: null, object: "ticket system", before: { url: before }, nothing: before === null };
    }
    const secret = newWebhookSecret();
    const sealed = await seal(installation, WEBHOOK_SECRET, secret);
    await storeTicketWebhook(sql, workspace, { url, secret: sealed, setBy: by.actor.name });
    return { result: secret, object: "ticket system", before: { url: before }, after: { url } };
  });
}
