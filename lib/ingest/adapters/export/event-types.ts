/** What the words of an export's cells say: docs/formats/export.md. */

const of = (text: string): ReadonlySet<string> => new Set(text.split(" "));

const ACTIVE = of("active activated enabled current true yes y 1 ok live licensed unlocked");
const INACTIVE = of(
  "inactive deactivated disabled suspended blocked banned archived deleted removed terminated deprovisioned revoked expired closed off false no n 0 notactive softdeleted",
);
/** The account is there, and nobody has used it yet: neither active nor taken away. */
const NEITHER = of(
  "pending invited invitationsent invitepending staged provisioned new created unverified locked",
);

/** What stands in cells that hold nothing. */
const NOTHING = of("never none null na nil unknown notavailable notapplicable");

/** A word as it is compared: letters and digits alone, lower-case. */
const plain = (word: string): string => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** Whether a cell says that there is nothing: `Never`, `N/A`, `-`. */
export const saysNothing = (cell: string): boolean => plain(cell) === "" || NOTHING.has(plain(cell));

/** The state that a word tells; undefined for one that is not known. */
export function stateOfWord(word: string): boolean | null | undefined {
  const key = plain(word);
  if (ACTIVE.has(key)) return true;
  if (INACTIVE.has(key)) return false;
  return NEITHER.has(key) ? null : undefined;
}
