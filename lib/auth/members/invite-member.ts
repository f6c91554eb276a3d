/** Letting somebody in. */
import { randomUUID } from "node:crypto";
import type { Db } from "../../../db/client.ts";
import { insertMember, memberByEmail } from "../../../db/queries/members.ts";
import { act } from "../act.ts";
import { AccessProblem, type Caller } from "../caller.ts";
import { endOf, type MemberInput, memberFields, memberForAudit } from "./member-input.ts";

/**
 * Makes somebody a member: they come in by the provider with this e-mail, or by a sign-in link.
 * @returns the member's id.
 * @throws {AccessProblem}
 */
export async function inviteMember(
  db: Db,
  workspace: string,
  by: Caller,
  input: MemberInput,
): Promise<string> {
  const fields = memberFields(input, endOf(input.endsAt));
  return act({ db, workspace, by }, "members", "invite-member", async (sql) => {
    if ((await memberByEmail(sql, workspace, fields.email as string)) !== null) {
      throw new AccessProblem("known-member", `${fields.email} is a member already.`);
    }
    const member = randomUUID();
    await insertMember(sql, workspace, { member, ...fields });
    return { result: member, object: fields.email as string, after: memberForAudit(fields) };
  });
}
