/** What the values of access reviews are called on pages, and which state's colour and shape they take. */
import type {
  Decision,
  Every,
  Flag,
  ItemState,
  ReviewerRule,
  ReviewItemRow,
  ReviewKind,
  ReviewSummary,
} from "../../lib/reviews/contract.ts";
import { count, plural } from "../format/number.ts";
import { ago, duration } from "../format/time.ts";
import type { Word } from "../format/words.ts";

export const DECISION_WORDS: Record<Decision, Word> = {
  keep: { word: "Keep", tone: "good" },
  revoke: { word: "Revoke", tone: "bad" },
  change: { word: "Change", tone: "risk" },
  "cant-say": { word: "Can't say", tone: "unknown" },
};

export const ITEM_STATE_WORDS: Record<ItemState, Word> = {
  open: { word: "Open", tone: "unknown" },
  kept: { word: "Kept", tone: "good" },
  "to-do": { word: "To do", tone: "risk" },
  verified: { word: "Verified", tone: "good" },
  exempt: { word: "Exempt", tone: "none" },
  "cant-say": { word: "Can't say", tone: "unknown" },
  disputed: { word: "Disputed", tone: "bad" },
};

export const FLAG_WORDS: Record<Flag, { word: string; means: string }> = {
  zombie: { word: "Zombie", means: "its person has left" },
  orphan: { word: "Orphan", means: "nobody known owns it" },
  "never-used": { word: "Never used", means: "not used since it was made" },
  dormant: { word: "Dormant", means: "not used for a long time" },
  drift: { word: "Drift", means: "has access that a move should have taken away" },
  "owner-left": { word: "Owner left", means: "the person it belongs to has left" },
  "no-owner": { word: "No owner", means: "nobody known owns it" },
  unrotated: { word: "Not rotated", means: "its secret has not been changed for a long time" },
};

export const SINCE_WORDS: Record<ReviewItemRow["since"], string> = {
  new: "New",
  changed: "Changed",
  same: "As before",
};

export const KIND_WORDS: Record<ReviewKind, string> = { account: "Account", credential: "Credential" };

export const EVERY_WORDS: Record<Every, string> = {
  month: "every month",
  quarter: "every quarter",
  "half-year": "every half year",
  year: "every year",
};

export const RULE_WORDS: Record<ReviewerRule, { word: string; means: string }> = {
  manager: { word: "The manager", means: "as the directory names them for the account's person" },
  owner: { word: "The application's owner", means: "whoever owns the application here" },
  named: { word: "Members by name", means: "those chosen below, in turn" },
};

/** By which rule somebody reviews an item: `as manager`. */
export const REVIEWER_BY_WORDS: Record<ReviewItemRow["reviewerBy"], string> = {
  manager: "as manager",
  owner: "as owner of the application",
  named: "by name",
  fallback: "since no rule names anybody, or their own access is concerned",
  delegated: "given by another",
};

/** The word of a value where there is one, else the value: what an address filters for may be anything. */
export const wordIn =
  (words: Record<string, string | { word: string }>) =>
  (value: string): string => {
    const found = Object.hasOwn(words, value) ? words[value] : undefined;
    return found === undefined ? value : typeof found === "string" ? found : found.word;
  };

/** The state of a review with its tone; past its day and still running is told first. */
export function reviewState({ state, overdue }: Pick<ReviewSummary, "state" | "overdue">): Word {
  if (state === "closed") return { word: "Closed", tone: "good" };
  if (state === "ended") return { word: "Ended", tone: "none" };
  return overdue ? { word: "Overdue", tone: "bad" } : { word: "Running", tone: "none" };
}

/** `due in 6 days`, `overdue for 2 days`. @param now ISO 8601. */
export function dueWords(dueAt: string, now: string): string {
  const seconds = (Date.parse(dueAt) - Date.parse(now)) / 1000;
  return seconds < 0 ? `overdue for ${duration(-seconds)}` : `due ${ago(dueAt, now)}`;
}

/** How the revokes of a review stand: `9 verified, 1 to do, 1 exempt`; null when nothing was to be taken away. */
export function revokeWords({ counts }: Pick<ReviewSummary, "counts">): string | null {
  const parts = (
    [
      ["verified", "verified"],
      ["to-do", "to do"],
      ["exempt", "exempt"],
    ] as const
  )
    .filter(([state]) => counts[state] > 0)
    .map(([state, word]) => `${count(counts[state])} ${word}`);
  return parts.length === 0 ? null : parts.join(", ");
}

/** `9 of 12 Engineers have it`; null where there is nobody to compare with. */
export function peerWords({ peers, identity }: Pick<ReviewItemRow, "peers" | "identity">): string | null {
  if (peers === null || peers.people === 0) return null;
  const who =
    [identity.title, identity.department].filter((part) => part !== null).join(", ") || "people alike";
  return `${count(peers.have)} of ${count(peers.people)} (${who}) ${peers.have === 1 ? "has" : "have"} it`;
}

/** What an item is called: the account's user name, else its id. */
export const itemName = ({ userName, account }: Pick<ReviewItemRow, "userName" | "account">): string =>
  userName ?? account;

/** The person behind an item. */
export const personName = ({ identity }: Pick<ReviewItemRow, "identity">): string =>
  identity.displayName ?? identity.userName ?? "nobody known";

/** `Keep, “still needed”`. */
export const saidWords = (decision: Decision, reason: string | null | undefined): string =>
  reason ? `${DECISION_WORDS[decision].word}, “${reason}”` : DECISION_WORDS[decision].word;

export const items = (value: number): string => plural(value, "item");
