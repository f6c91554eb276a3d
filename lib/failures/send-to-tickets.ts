/** Hands failure groups over to the ticket system. */
import type { Db } from "../../db/client.ts";
import { insertFailureDecisions } from "../../db/queries/failure-decisions.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { answerLine, type WebhookAnswer } from "../net/call-webhook.ts";
import { decisionsOf, namedGroups, told } from "./named-groups.ts";
import { callTicketSystem, ticketSystem } from "./ticket-system.ts";

export interface Sent extends WebhookAnswer {
  group: string;
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
  const target = await ticketSystem(db, workspace, installation);
  const sent: Sent[] = [];
  for (const group of rows) {
    const content = { type: "failure-group", group, link: linkOf(group.id) };
    sent.push({ group: group.id, ...(await callTicketSystem(target, content)) });
  }
  return act({ db, workspace, by }, "triage", "send-to-tickets", async (sql) => {
    const decisions = rows.flatMap((row, i) =>
      decisionsOf([row], by, { verb: "ticket", note: answerLine(target, sent[i] as Sent) }),
    );
    await insertFailureDecisions(sql, workspace, decisions);
    return { result: sent, object: told(rows), after: { url: target.url, sent } };
  });
}
