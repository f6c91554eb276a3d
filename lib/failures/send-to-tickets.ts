/** Hands failure groups over to the ticket system. */
import { randomUUID } from "node:crypto";
import type { Db } from "../../db/client.ts";
import { insertFailureDecisions } from "../../db/queries/failure-decisions.ts";
import { readTicketWebhook } from "../../db/queries/ticket-webhooks.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { unseal } from "../auth/seal.ts";
import { OutgoingProblem, outgoing } from "../net/outgoing.ts";
import { shown } from "../net/shown.ts";
import type { FailureRow } from "../reports/contract.ts";
import { decisionsOf, namedGroups, told } from "./named-groups.ts";
import { FailureProblem } from "./problem.ts";
import { WEBHOOK_SECRET } from "./set-ticket-webhook.ts";
import { signedHeaders } from "./sign-call.ts";

/** A person waits for the answer. */
const TIMEOUT_MS = 10_000;
const MAX_BYTES = 64 * 1024;

export interface Sent {
  group: string;
  ok: boolean;
  /** HTTP status; null when there was no answer. */
  status: number | null;
  /** What the ticket system said, or why it could not be reached. */
  answer: string;
}

interface Target {
  url: string;
  secret: string;
}

async function send({ url, secret }: Target, group: FailureRow, link: string): Promise<Sent> {
  const body = JSON.stringify({ type: "failure-group", group, link });
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
    return { group: group.id, ok: answer.ok, status: answer.status, answer: shown(await answer.text()) };
  } catch (error) {
    if (!(error instanceof OutgoingProblem)) throw error;
    return { group: group.id, ok: false, status: null, answer: shown(error.message) };
  }
}

async function targetOf(db: Db, workspace: string, installation: string): Promise<Target> {
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

/**
 * Sends a call for each group, one after another, and writes down what was answered, whatever it was: also a call that
 * came to nothing may have arrived.
 * @param groups ids of failure groups.
 * @param linkOf the address at which people find a group.
 * @param installation the secret of this installation.
 * @throws {AccessProblem} {@link FailureProblem}
 */
export async function sendToTickets(
  db: Db,
  workspace: string,
  by: Caller,
  groups: readonly string[],
  { linkOf, installation }: { linkOf: (group: string) => string; installation: string },
): Promise<Sent[]> {
  const rows = await namedGroups(db, workspace, by, groups);
  const target = await targetOf(db, workspace, installation);
  const sent: Sent[] = [];
  for (const row of rows) sent.push(await send(target, row, linkOf(row.id)));
  const { host } = new URL(target.url);
  const noted = ({ status, answer }: Sent) =>
    `${host}: ${status ?? "no answer"}${answer === "" ? "" : `, ${answer}`}`;
  return act({ db, workspace, by }, "triage", "send-to-tickets", async (sql) => {
    const decisions = rows.flatMap((row, i) =>
      decisionsOf([row], by, { verb: "ticket", note: noted(sent[i] as Sent) }),
    );
    await insertFailureDecisions(sql, workspace, decisions);
    return { result: sent, object: told(rows), after: { url: target.url, sent } };
  });
}
