/** Calls the ticket system of a workspace. */
import { randomUUID } from "node:crypto";
import type { Db } from "../../db/client.ts";
import { readTicketWebhook } from "../../db/queries/ticket-webhooks.ts";
import { unseal } from "../auth/seal.ts";
import { callWebhook, type WebhookAnswer } from "../net/call-webhook.ts";
import { FailureProblem } from "./problem.ts";
import { WEBHOOK_SECRET } from "./set-ticket-webhook.ts";
import { signedHeaders } from "./sign-call.ts";

export interface TicketSystem {
  url: string;
  secret: string;
}

/**
 * @param installation the secret of this installation, under which the webhook's is kept.
 * @throws {FailureProblem} when none is set, or its secret can't be read any more.
 */
export async function ticketSystem(db: Db, workspace: string, installation: string): Promise<TicketSystem> {
  const set = await readTicketWebhook(db.sql, workspace);
  if (set === null) {
    throw new FailureProblem("no-webhook", "No ticket system is set. An admin sets its address on Failures.");
  }
  const secret = await unseal(installation, WEBHOOK_SECRET, set.secret);
  if (secret !== null) return { url: set.url, secret };
  throw new FailureProblem(
    "no-webhook",
    "The ticket system's secret was kept under another secret of this installation. An admin sets the address anew.",
  );
}

/** Sends one call, signed; whatever comes of it is in the answer. @param content what is sent, as JSON. */
export function callTicketSystem({ url, secret }: TicketSystem, content: unknown): Promise<WebhookAnswer> {
  const body = JSON.stringify(content);
  return callWebhook(url, body, signedHeaders(secret, `rollcall_${randomUUID()}`, Date.now(), body));
}
