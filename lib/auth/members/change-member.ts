/** Changing what a member is. */
import type { Db } from "../../../db/client.ts";
import { lockMember, otherAdmins, updateMember } from "../../../db/queries/members.ts";
import { revokeSessions } from "../../../db/queries/sessions.ts";
import { act } from "../act.ts";
import { AccessProblem, type Caller } from "../caller.ts";
import { endOf, type MemberInput, memberFields, memberForAudit } from "./member-input.ts";

/** What changes; what is absent stays. */
export type MemberChange = { [K in keyof MemberInput]?: MemberInput[K] | undefined } & {
  active?: boolean | undefined;
};

/**
 * Changes name, role, customer, end, or whether they may come in at all: `active: false` ends their sessions and the use of
 * their tokens in the same transaction.
 * @throws {AccessProblem} also when nobody would be left who can let others in.
 */
export async function changeMember(
  db: Db,
  workspace: string,
  by: Caller,
  member: string,
  change: MemberChange,
): Promise<void> {
  await act({ db, workspace, by }, "members", "change-member", async (sql) => {
    const before = await lockMember(sql, workspace, member);
    if (before === null) throw new AccessProblem("unknown-member", "There is no member of that id.");
    const { active = before.active, endsAt, name = before.name, email = before.email ?? "" } = change;
    const { role = before.role, customer = role === before.role ? before.customer : null } = change;
    const fields = memberFields(
      { name, email, role, customer },
      endsAt === undefined ? before.endsAt : endOf(endsAt),
      before.email === null,
    );
    // From here on it is a person's decision: the provider's groups don't undo it.
    const after = {
      ...before,
      ...fields,
      active,
      byProvider: before.byProvider && active && fields.role === before.role,
    };
    const loses = before.role === "admin" && before.active && (after.role !== "admin" || !active);
    if (loses && (await otherAdmins(sql, workspace, member)) === 0) {
      throw new AccessProblem("last-admin", "This is the last admin: make somebody else one first.");
    }
    await updateMember(sql, workspace, after);
    if (!active) await revokeSessions(sql, workspace, { member });
    const [was, is] = [before, after].map(({ name, email, role, customer, endsAt, active }) =>
      memberForAudit({ name, email, role, customer, endsAt, active }),
    );
    return {
      result: undefined,
      nothing: JSON.stringify(was) === JSON.stringify(is),
      object: after.email ?? after.name,
      before: was,
      after: is,
    };
  });
}
