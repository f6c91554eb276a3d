/** Shutting a member out because the identity provider says that they are gone. */
import type postgres from "postgres";
import { lockMember, updateMember } from "../../../db/queries/members.ts";
import { revokeSessions } from "../../../db/queries/sessions.ts";
import { act } from "../act.ts";
import { rollcallItself } from "../caller.ts";
import { memberForAudit } from "./member-input.ts";

/**
 * Deactivates a member and ends their sessions, in the transaction that the provider's word comes in; their tokens let nobody in
 * any more either. Also the last admin goes: whoever has the machine is the operator and lets others in. Only an admin brings
 * a member back, and no group of the provider's does.
 * @param source whose word it is.
 */
export async function shutOutMember(
  sql: postgres.TransactionSql,
  workspace: string,
  source: string,
  member: string,
): Promise<void> {
  const by = rollcallItself("provider", source);
  await act({ sql, workspace, by }, "members", "shut-out-member", async () => {
    const before = await lockMember(sql, workspace, member);
    if (before === null || !before.active) return { result: undefined, object: "", nothing: true };
    const after = { ...before, active: false, byProvider: false };
    await updateMember(sql, workspace, after);
    await revokeSessions(sql, workspace, { member });
    const [was, is] = [before, after].map(({ name, email, role, customer, endsAt, active }) =>
      memberForAudit({ name, email, role, customer, endsAt, active }),
    );
    return { result: undefined, object: before.email ?? before.name, before: was, after: is };
  });
}
