"use client";
/** What a reviewer has typed as a reason: drafts until the tab is closed, the last reasons given for longer. */
import { keepText, keptText } from "../data/kept-text.ts";

export const readDraft = (key: string): string => keptText("tab", key) ?? "";
export const keepDraft = (key: string, text: string | null): void => {
  keepText("tab", key, text === "" ? null : text);
};

/** Under what a reason for these items is kept while it is not sent. */
export const draftKey = (review: string, decision: string, items: readonly string[]): string =>
  `rollcall.review.draft.${review}.${decision}.${items.join()}`;

/** Each kind of decision has its own. */
const reasonsKey = (decision: string): string => `rollcall.review.reasons.${decision}`;

/** As many as number keys choose from. */
const MOST = 9;

/** The reasons with one more, the newest first, each once. */
export const withReason = (reasons: readonly string[], reason: string): string[] =>
  [reason, ...reasons.filter((one) => one !== reason)].slice(0, MOST);

/** What was kept as a list of texts; nothing for what is none. */
export function reasonsIn(text: string | null): string[] {
  try {
    const kept: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string").slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** Reasons that were given last in this browser. */
export const lastReasons = (decision: string): string[] =>
  reasonsIn(keptText("browser", reasonsKey(decision)));

export function keepReason(decision: string, reason: string): void {
  keepText("browser", reasonsKey(decision), JSON.stringify(withReason(lastReasons(decision), reason)));
}
