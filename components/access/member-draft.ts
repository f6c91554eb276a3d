/** What is being entered of a member, and what of it is sent. */
import type { MemberRow } from "../../lib/auth/members/list-members.ts";
import type { Role } from "../../lib/auth/permissions.ts";

export interface MemberDraft {
  name: string;
  email: string;
  /** Empty until it is chosen: nobody gets a role that nobody gave them. */
  role: Role | "";
  customer: string;
  /** Their last day in UTC, `2030-01-31`; empty for none. */
  lastDay: string;
}

export const EMPTY_MEMBER: MemberDraft = { name: "", email: "", role: "", customer: "", lastDay: "" };

/** The day of somebody's last moment: an end at midnight belongs to the day before. */
const lastDayOf = (endsAt: number | null): string =>
  endsAt === null ? "" : new Date(endsAt - 1).toISOString().slice(0, 10);

/** A member as a draft to be changed. */
export const draftOf = ({ name, email, role, customer, endsAt }: MemberRow): MemberDraft => ({
  name,
  email: email ?? "",
  role,
  customer: customer ?? "",
  lastDay: lastDayOf(endsAt),
});

/** The last day counts as a whole. */
const endOf = (lastDay: string): string | null => (lastDay === "" ? null : `${lastDay}T23:59:59.999Z`);

const customerOf = ({ role, customer }: MemberDraft): string | null =>
  role === "customer-viewer" ? customer : null;

/** The body of an invitation. */
export const invitation = (draft: MemberDraft) => ({
  name: draft.name,
  email: draft.email,
  role: draft.role,
  customer: customerOf(draft),
  endsAt: endOf(draft.lastDay),
});

/** The body of a change; an end that nobody touched is not sent, so that it stays to the second. */
export function change(member: MemberRow, draft: MemberDraft) {
  const sameEnd = draft.lastDay === lastDayOf(member.endsAt);
  return {
    name: draft.name,
    // The operator is the one without an e-mail.
    ...(member.email === null ? {} : { email: draft.email }),
    role: draft.role,
    customer: customerOf(draft),
    ...(sameEnd ? {} : { endsAt: endOf(draft.lastDay) }),
  };
}
