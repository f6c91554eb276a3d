/** To whom failures can be assigned: members who may come in and decide of them. */
import type { Db } from "../../db/client.ts";
import { mayComeIn, readMembers } from "../../db/queries/members.ts";
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
    .filter((member) => mayComeIn(member, now) && may(member.role, "triage"))
    .map(({ member, name, email }) => ({ member, name: name || (email ?? "") }));
}
