/** To whom failures can be assigned: members who may come in and decide of them. */
import type { Db } from "../../db/client.ts";
import { readMembers } from "../../db/queries/members.ts";
import { may } from "../auth/permissions.ts";

export interface Owner {
  member: string;
  /** Their name, or their e-mail while they have none. */
  name: string;
}

/** By name. */
export async function readOwners(db: Db, workspace: string): Promise<Owner[]> {
  const now = Date.now();
  const members = await readMembers(db, workspace);
  return members
    .filter(({ role, active, endsAt }) => active && may(role, "triage") && (endsAt === null || endsAt > now))
    .map(({ member, name, email }) => ({ member, name: name || (email ?? "") }));
}
