/** Whether somebody whom the provider signed in may come in here, and as what. */
import { randomUUID } from "node:crypto";
import type { Db } from "../../../db/client.ts";
import {
  insertMember,
  lockMember,
  type Member,
  memberByEmail,
  memberBySubject,
  updateMember,
} from "../../../db/queries/members.ts";
import { revokeSessions } from "../../../db/queries/sessions.ts";
import { act } from "../act.ts";
import { rollcallItself } from "../caller.ts";
import { memberForAudit } from "../members/member-input.ts";
import type { Profile } from "./profile.ts";
import type { RoleRule } from "./settings.ts";

/** What a member becomes by what the provider says of them now. */
function after(before: Member, { issuer, subject, name }: Profile, rule: RoleRule | null): Member {
  const bound = { ...before, issuer, subject };
  if (!before.byProvider) return bound;
  // Their role came with a group: it goes with it, and comes back with it.
  if (rule === null) return { ...bound, active: false };
  return { ...bound, name, role: rule.role, customer: rule.customer, active: true };
}

const told = ({ name, email, role, customer, endsAt, active, subject }: Member) =>
  memberForAudit({ name, email, role, customer, endsAt, active, subject });

/**
 * A member is known by the provider's `sub`; one who was invited is known by a verified e-mail once, and by `sub` from then on.
 * Without either, a rule for one of their groups makes them a member.
 * @returns the member; null when they may not come in. Of a member who may no longer, all sessions have ended then.
 */
export async function admitMember(
  db: Db,
  workspace: string,
  profile: Profile,
  rule: RoleRule | null,
): Promise<Member | null> {
  const by = rollcallItself("provider", profile.issuer);
  return act({ db, workspace, by }, "members", "admit-member", async (sql) => {
    // Two browsers of one person at once make one member.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`rollcall admit ${workspace} ${profile.subject}`}, 0))`;
    const invited = profile.email === null ? null : await memberByEmail(sql, workspace, profile.email);
    const known =
      (await memberBySubject(sql, workspace, profile)) ?? (invited?.subject === null ? invited : null);
    if (known === null) {
      if (rule === null || invited !== null) return { result: null, object: profile.subject, nothing: true };
      const member = randomUUID();
      const { name, email, issuer, subject } = profile;
      const { role, customer } = rule;
      const fields = {
        name,
        email: email ?? `${subject}@${new URL(issuer).hostname}`,
        role,
        customer,
        endsAt: null,
      };
      await insertMember(sql, workspace, { member, ...fields, issuer, subject, byProvider: true });
      const made = await lockMember(sql, workspace, member);
      return { result: made, object: fields.email, after: memberForAudit(fields) };
    }
    const before = (await lockMember(sql, workspace, known.member)) ?? known;
    const now = after(before, profile, rule);
    const result = now.active && (now.endsAt === null || now.endsAt > Date.now()) ? now : null;
    const [was, is] = [before, now].map(told);
    if (JSON.stringify(was) === JSON.stringify(is)) return { result, object: "", nothing: true };
    await updateMember(sql, workspace, now);
    if (!now.active) await revokeSessions(sql, workspace, { member: now.member });
    return { result, object: now.email ?? now.name, before: was, after: is };
  });
}
