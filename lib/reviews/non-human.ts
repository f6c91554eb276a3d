/** Which identities are no people: service accounts, integrations, robots, agents. */
import type { IdentityRow } from "../lifecycle/types.ts";

/** How directories title and name them; whole words, so that nobody's surname counts. */
const WORDS =
  /\b(?:service[ ._-]?account|svc|robot|bot|integration|automation|machine|workload|daemon|agent[ ._-]?account|non[ -]human)\b/iu;

/**
 * Whether an identity is no person: its title or name says so, or it owns credentials and nobody knows a department, a
 * title, a manager or an e-mail of it.
 */
export function isNonHuman(
  { title, displayName, userName, department, manager, email }: Omit<IdentityRow, "inactiveFrom">,
  ownsCredentials: boolean,
): boolean {
  const local = userName.split("@")[0] ?? "";
  if ([title, displayName, local.replaceAll("_", " ")].some((text) => text !== null && WORDS.test(text)))
    return true;
  return ownsCredentials && [title, department, manager, email].every((value) => value === null);
}
