/** The operator: whoever has the machine has to come in before anybody was let in. */
import { randomUUID } from "node:crypto";
import type { Db } from "../../../db/client.ts";
import { insertMember, operatorOf } from "../../../db/queries/members.ts";
import { act } from "../act.ts";
import { rollcallItself } from "../caller.ts";

/** Makes the operator of the workspace, an admin without an e-mail, unless there is one. @returns the member's id. */
export async function ensureOperator(db: Db, workspace: string): Promise<string> {
  const by = rollcallItself();
  return act({ db, workspace, by }, "members", "ensure-operator", async (sql) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`rollcall operator ${workspace}`}, 0))`;
    const known = await operatorOf(sql, workspace);
    if (known !== null) return { result: known, object: "", nothing: true };
    const member = randomUUID();
    await insertMember(sql, workspace, {
      member,
      name: "Operator",
      email: null,
      role: "admin",
      customer: null,
      endsAt: null,
    });
    return { result: member, object: "Operator", after: { member, role: "admin" } };
  });
}
