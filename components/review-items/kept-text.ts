"use client";
/** What a reviewer has typed, kept in this browser: drafts until the tab is closed, the last reasons for longer. */

/** @returns null where this browser keeps nothing, or may not. */
function read(storage: () => Storage, key: string): string | null {
  try {
    return storage().getItem(key);
  } catch {
    return null;
  }
}

function write(storage: () => Storage, key: string, text: string | null): void {
  try {
    if (text === null || text === "") storage().removeItem(key);
    else storage().setItem(key, text);
  } catch {
    // It is still on the page.
  }
}

const session = () => window.sessionStorage;
const local = () => window.localStorage;

export const readDraft = (key: string): string => read(session, key) ?? "";
export const keepDraft = (key: string, text: string | null): void => write(session, key, text);

/** Under what a reason for these items is kept while it is not sent. */
export const draftKey = (review: string, decision: string, items: readonly string[]): string =>
  `rollcall.review.draft.${review}.${decision}.${items.join()}`;

const REASONS = "rollcall.review.reasons";
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

/** Reasons that were given last here. @param decision each kind has its own. */
export const lastReasons = (decision: string): string[] => reasonsIn(read(local, `${REASONS}.${decision}`));

export function keepReason(decision: string, reason: string): void {
  write(local, `${REASONS}.${decision}`, JSON.stringify(withReason(lastReasons(decision), reason)));
}
