/** Who looks at failures, and what they may do with them. */
import type { Desk } from "../../../components/failures/acts.ts";
import { readTicketWebhook } from "../../../db/queries/ticket-webhooks.ts";
import { allowed } from "../../../lib/auth/caller.ts";
import type { Visit } from "../../../lib/auth/guard.ts";
import { readOwners } from "../../../lib/failures/owners.ts";

export async function deskOf({ by, db, workspace }: Visit): Promise<Desk> {
  const decides = allowed(by, "triage");
  return {
    decides,
    sets: allowed(by, "operate"),
    me: by.member,
    name: by.actor.name,
    owners: decides ? await readOwners(db, workspace) : [],
    tickets: decides && (await readTicketWebhook(db.sql, workspace)) !== null,
  };
}
