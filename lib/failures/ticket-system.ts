/** Calls the ticket system of a workspace. */
import { randomUUID } from "node:crypto";
import type { Db } from "../../db/client.ts";
import { readTicketWebhook } from "../../db/queries/ticket-webhooks.ts";
import { unseal } from "../auth/seal.ts";
import { OutgoingProblem, outgoing } from "../net/outgoing.ts";
import { shown } from "../net/shown.ts";
import { FailureProblem } from "./problem.ts";
import { WEBHOOK_SECRET } from "./set-ticket-webhook.ts";
import { signedHeaders } from "./sign-call.ts";

/** A person waits for the answer. */
const TIMEOUT_MS = 10_000;
/** Of the answer no more than its beginning is shown. */
const MAX_BYTES = 64 * 1024;

export interface TicketSystem {
  url: string;
  secret: string;
}

export interface TicketAnswer {
  ok: boolean;
  /** HTTP status; null when there was no answer. */
  status: number | null;
  /** What the ticket system said, or why it could not be reached. */
  answer: string;
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
export async function callTicketSystem(
  { url, secret }: TicketSystem,
  content: unknown,
): Promise<TicketAnswer> {
  const body = JSON.stringify(content);
  const headers = {
    "content-type": "application/json",
    "user-agent": "Rollcall",
    ...signedHeaders(secret, `rollcall_${randomUUID()}`, Date.now(), body),
  };
  try {
    const answer = await outgoing(
      url,
      { method: "POST", headers, body },
      { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES },
    );
    return { ok: answer.ok, status: answer.status, answer: shown(await answer.text()) };
  } catch (error) {
    if (!(error instanceof OutgoingProblem)) throw error;
    return { ok: false, status: null, answer: shown(error.message) };
  }
}

/** An answer in one line, with who gave it. */
export const answerLine = ({ url }: TicketSystem, { status, answer }: TicketAnswer): string =>
  `${new URL(url).host}: ${status ?? "no answer"}${answer === "" ? "" : `, ${answer}`}`;
