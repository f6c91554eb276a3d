/** What somebody enters of a member, made fit to be stored. */
import type { Member } from "../../../db/queries/members.ts";
import { instant } from "../../reports/params.ts";
import { AccessProblem } from "../caller.ts";
import { isRole, ROLES } from "../permissions.ts";

export interface MemberInput {
  name: string;
  email: string;
  role: string;
  /** Of a customer viewer. */
  customer?: string | null | undefined;
  /** When they are shut out, a time in ISO 8601; an auditor must have one. */
  endsAt?: string | null | undefined;
}

const EMAIL = /^[^\s@]{1,64}@[^\s@]{1,255}$/u;

/** When a member's access ends; a day means all of it, in UTC. @throws {AccessProblem} when that is no time to come. */
export function endOf(text: string | null | undefined): number | null {
  if (!text) return null;
  const end = instant(text, "end");
  if (end !== null && end > Date.now()) return end;
  throw new AccessProblem("bad-end", "The end is a time to come, like 2030-01-31.");
}

type Fields = Pick<Member, "name" | "email" | "role" | "customer" | "endsAt">;

/**
 * @param input `email` may be empty for the operator of this installation alone.
 * @returns the fields as they are stored.
 * @throws {AccessProblem} with a sentence on the first that can't be used.
 */
export function memberFields(
  input: Omit<MemberInput, "endsAt">,
  endsAt: number | null,
  isOperator = false,
): Fields {
  const email = input.email.trim().toLowerCase();
  const name = input.name.trim() || email;
  if (!EMAIL.test(email) && !(isOperator && email === ""))
    throw new AccessProblem("bad-email", `"${input.email}" is no e-mail address.`);
  if (name.length > 200) throw new AccessProblem("bad-name", "The name is longer than 200 characters.");
  if (!isRole(input.role)) {
    throw new AccessProblem("bad-role", `There is no role "${input.role}"; there are ${ROLES.join(", ")}.`);
  }
  const customer = input.customer?.trim() || null;
  if ((input.role === "customer-viewer") !== (customer !== null)) {
    throw new AccessProblem(
      "bad-customer",
      input.role === "customer-viewer"
        ? "Name the customer whose records a customer viewer sees."
        : "Only a customer viewer is bound to a customer.",
    );
  }
  if (input.role === "auditor" && endsAt === null) {
    throw new AccessProblem("no-end", "An auditor's access has an end: say when.");
  }
  return { name, email: email || null, role: input.role, customer, endsAt };
}

/** A member as the audit log keeps one. */
export const memberForAudit = ({
  endsAt,
  ...fields
}: Fields & Partial<Pick<Member, "active" | "subject">>) => ({
  ...fields,
  endsAt: endsAt === null ? null : new Date(endsAt).toISOString(),
});
