"use client";
/** Items that were selected on another page to be reviewed: their keys go along in this browser's tab. */
import { keepText, keptText } from "../data/kept-text.ts";

const KEY = "rollcall.review.items";

/** The key of an application in an item's key, as lib/lifecycle/refs.ts makes it. */
const applicationKey = (label: string): string => label.trim().replace(/\s+/gu, " ").toLowerCase();

/** The item of an account, as lib/reviews/keys.ts makes it; the same account has it in every review. */
export const accountItem = ({ application, account }: { application: string; account: string }): string =>
  `account:${encodeURIComponent(applicationKey(application))}:${account}`;

/** The item of a token or secret. */
export const credentialItem = ({ id }: { id: string }): string => `credential:${id}`;

/** What is kept as keys of items; nothing for what is none. */
export function itemsIn(text: string | null): string[] {
  try {
    const kept: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(kept) ? [...new Set(kept.filter((one) => typeof one === "string"))] : [];
  } catch {
    return [];
  }
}

/** Keeps them for the page that opens a review. @returns whether this browser does. */
export const carryItems = (keys: readonly string[]): boolean => keepText("tab", KEY, JSON.stringify(keys));

/** Takes what was sent along, once. @param search the page's address, which may name items, too. */
export function takeItems(search: URLSearchParams): string[] {
  const named = search.getAll("items").filter((key) => key !== "");
  const kept = itemsIn(keptText("tab", KEY));
  keepText("tab", KEY, null);
  return [...new Set([...named, ...kept])];
}
