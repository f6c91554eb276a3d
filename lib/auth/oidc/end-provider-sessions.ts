/** What a provider's logout ends here. */
import type { Db } from "../../../db/client.ts";
import { memberBySubject } from "../../../db/queries/members.ts";
import { rollcallItself } from "../caller.ts";
import { endSessions } from "../sessions/end-sessions.ts";
import type { Logout } from "./provider.ts";

/** Ends the sessions that a logout token names in a workspace. @returns how many were open. */
export async function endProviderSessions(
  db: Db,
  workspace: string,
  issuer: string,
  { subject, providerSession }: Logout,
): Promise<number> {
  const by = rollcallItself("provider", issuer);
  if (providerSession !== null) return endSessions(db, workspace, by, { providerSession });
  const member = subject === null ? null : await memberBySubject(db.sql, workspace, { issuer, subject });
  return member === null ? 0 : endSessions(db, workspace, by, { member: member.member });
}
