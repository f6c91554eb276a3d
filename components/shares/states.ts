/** In which state a shared link is, and what the page says of all of them. Pure. */
import type { SharesList } from "../../lib/shares/list-shares.ts";
import { count, plural } from "../format/number.ts";
import { ago } from "../format/time.ts";
import type { Word } from "../format/words.ts";

type Share = SharesList["shares"][number];
export type ShareState = "open" | "new" | "ends-soon" | "over" | "revoked";

/** Time enough to hand over a new one. */
const SOON_MS = 7 * 86_400_000;

/** The one thing most worth knowing of a link. @param asOf ISO 8601. */
export function shareState({ revokedAt, expiresAt, lastUsedAt }: Share, asOf: string): ShareState {
  const left = Date.parse(expiresAt) - Date.parse(asOf);
  if (revokedAt !== null) return "revoked";
  if (left <= 0) return "over";
  if (left < SOON_MS) return "ends-soon";
  return lastUsedAt === null ? "new" : "open";
}

export const SHARE_STATE_WORDS: Record<ShareState, Word> = {
  open: { word: "Open", tone: "good" },
  new: { word: "Not opened yet", tone: "unknown" },
  "ends-soon": { word: "Ends soon", tone: "risk" },
  over: { word: "Expired", tone: "none" },
  revoked: { word: "Revoked", tone: "none" },
};

/** Whether it still shows something. */
export const works = (state: ShareState): boolean => state !== "over" && state !== "revoked";

/** `2 links work: 1 for a customer, 1 for auditors. One was opened last 3 h ago.` */
export function sharesWords({ asOf, shares }: SharesList): string {
  const open = shares.filter((share) => works(shareState(share, asOf)));
  if (open.length === 0) return "No link works: nobody outside of this workspace sees anything.";
  const auditors = open.filter(({ customer }) => customer === null).length;
  const customers = open.length - auditors;
  const parts = [
    customers === 0 ? "" : `${count(customers)} for ${customers === 1 ? "a customer" : "customers"}`,
    auditors === 0 ? "" : `${count(auditors)} for ${auditors === 1 ? "an auditor" : "auditors"}`,
  ].filter((part) => part !== "");
  const last = open
    .flatMap(({ lastUsedAt }) => lastUsedAt ?? [])
    .sort()
    .at(-1);
  const used = last === undefined ? "None has been opened." : `The last was opened ${ago(last, asOf)}.`;
  return `${plural(open.length, "link")} ${open.length === 1 ? "works" : "work"}: ${parts.join(", ")}. ${used}`;
}
