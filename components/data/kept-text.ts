"use client";
/** Texts that this browser keeps: in the tab until it is closed, or for good. Where it may not, nothing is kept. */

type Where = "tab" | "browser";

const storage = (where: Where): Storage => (where === "tab" ? window.sessionStorage : window.localStorage);

/** @returns null where nothing is kept. */
export function keptText(where: Where, key: string): string | null {
  try {
    return storage(where).getItem(key);
  } catch {
    return null;
  }
}

/** @param text null takes away what is kept. @returns whether the browser does it. */
export function keepText(where: Where, key: string, text: string | null): boolean {
  try {
    if (text === null) storage(where).removeItem(key);
    else storage(where).setItem(key, text);
    return true;
  } catch {
    return false;
  }
}
