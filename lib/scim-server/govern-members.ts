/** What becomes of members of Rollcall when a source that governs them says that somebody is gone. */
import { activeMembersOf } from "../../db/queries/members.ts";
import { shutOutMember } from "../auth/members/shut-out-member.ts";
import { emailsOf } from "./resource.ts";
import type { Json } from "./schemas.ts";
import { folded, type Work } from "./work.ts";

const isActive = (data: Json | undefined): boolean => data !== undefined && data.active !== false;

/** The addresses by which a member may be known. */
const addressesOf = (data: Json | undefined): string[] =>
  data === undefined
    ? []
    : [folded(data.userName) ?? "", ...emailsOf(data).map((email) => email.trim().toLowerCase())];

/**
 * Whoever was deactivated, made inactive or deleted is no member here any more, where the source governs members.
 * @param before the user's attributes as they were; undefined: there was none. @param after as they are; undefined: it is gone.
 */
export async function governMembers(
  { sql, context }: Work,
  before: Json | undefined,
  after: Json | undefined,
): Promise<void> {
  const { workspace, source } = context;
  const left = !isActive(after) && (before === undefined || isActive(before));
  if (!source.governsMembers || !left) return;
  const addresses = [...new Set([...addressesOf(before), ...addressesOf(after)])].filter((one) => one !== "");
  // A customer's provider has a say on those alone who see that customer's records and no others.
  for (const member of await activeMembersOf(sql, workspace, addresses, source.customer))
    await shutOutMember(sql, workspace, source.source, member);
}
