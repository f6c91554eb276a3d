/** In which state a member's access and a token are, told at a moment. */
import type { TokenRow } from "../../db/queries/api-tokens.ts";
import type { MemberRow } from "../../lib/auth/members/list-members.ts";
import type { Word } from "../format/words.ts";

const DAY_MS = 86_400_000;

/** What nobody has used for so long is worth a question: the quarter between two reviews. */
export const UNUSED_DAYS = 90;
/** Time enough to renew what ends. */
export const SOON_DAYS = 14;

/** Whether they can come in. @param now milliseconds since 1970. */
export const canEnter = ({ active, endsAt }: Pick<MemberRow, "active" | "endsAt">, now: number): boolean =>
  active && (endsAt === null || endsAt > now);

const soon = (at: number, now: number): boolean => at - now < SOON_DAYS * DAY_MS;
const longAgo = (at: number, now: number): boolean => now - at > UNUSED_DAYS * DAY_MS;

export type MemberState = "active" | "invited" | "away" | "ends-soon" | "over" | "deactivated";

/** The one thing most worth knowing of a member. @param now milliseconds since 1970. */
export function memberState(member: MemberRow, now: number): MemberState {
  const { active, endsAt, lastSeenAt } = member;
  if (!active) return "deactivated";
  if (!canEnter(member, now)) return "over";
  if (endsAt !== null && soon(endsAt, now)) return "ends-soon";
  if (lastSeenAt === null) return "invited";
  return longAgo(Date.parse(lastSeenAt), now) ? "away" : "active";
}

export const MEMBER_STATE_WORDS: Record<MemberState, Word> = {
  active: { word: "Active", tone: "good" },
  invited: { word: "Never came in", tone: "unknown" },
  away: { word: `Not here for ${UNUSED_DAYS} days`, tone: "risk" },
  "ends-soon": { word: "Ends soon", tone: "risk" },
  over: { word: "Over", tone: "none" },
  deactivated: { word: "Deactivated", tone: "none" },
};

export type TokenState = "in-use" | "new" | "unused" | "ends-soon" | "over" | "member-out" | "revoked";

/**
 * The one thing most worth knowing of a token.
 * @param holder whether the member whose it is can come in: a token does nothing without.
 * @param now milliseconds since 1970.
 */
export function tokenState(token: TokenRow, holder: boolean, now: number): TokenState {
  const expires = Date.parse(token.expiresAt);
  if (token.revokedAt !== null) return "revoked";
  if (expires <= now) return "over";
  if (!holder) return "member-out";
  if (longAgo(Date.parse(token.lastUsedAt ?? token.createdAt), now)) return "unused";
  if (soon(expires, now)) return "ends-soon";
  return token.lastUsedAt === null ? "new" : "in-use";
}

export const TOKEN_STATE_WORDS: Record<TokenState, Word> = {
  "in-use": { word: "In use", tone: "good" },
  new: { word: "Not used yet", tone: "unknown" },
  unused: { word: `Unused for ${UNUSED_DAYS} days`, tone: "risk" },
  "ends-soon": { word: "Ends soon", tone: "risk" },
  over: { word: "Expired", tone: "none" },
  "member-out": { word: "Its member is out", tone: "none" },
  revoked: { word: "Revoked", tone: "none" },
};

/** Whether anything can be done with it. */
export const isUsable = (state: TokenState): boolean =>
  state !== "revoked" && state !== "over" && state !== "member-out";
