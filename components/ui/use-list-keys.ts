"use client";
import { type RefObject, useEffect, useRef } from "react";

/** Whether the person is typing, or looks at a dialog that covers the page. */
export function isBusy(target: EventTarget | null): boolean {
  const typing =
    target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;
  return typing || document.querySelector("dialog[open]") !== null;
}

/**
 * Whether an act's key is not for the page: the person types, or a dialog lies over it that is not its own panel.
 * @param own what that panel has in it.
 */
export function isElsewhere(target: EventTarget | null, own: string): boolean {
  const typing =
    target instanceof HTMLElement &&
    target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], [role=dialog]") !== null;
  const over = [...document.querySelectorAll("dialog[open]")];
  return typing || over.some((dialog) => dialog.querySelector(own) === null);
}

/** An act that has a key of its own, or none. */
interface Keyed {
  key: string | null;
  run: () => void;
}

/**
 * The keys of acts, and u that takes the last one back.
 * @param about what they are about when a key is pressed.
 * @param may whether they may be done at all.
 * @param panel what the panel that belongs to the page has in it.
 */
export function useActKeys<T>({
  list,
  about,
  undo,
  may,
  panel,
}: {
  list: (about: readonly T[]) => readonly Keyed[];
  about: () => readonly T[];
  undo: () => void;
  may: boolean;
  panel: string;
}): void {
  useEffect(() => {
    if (!may) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || isElsewhere(event.target, panel)) return;
      if (event.key === "u") {
        event.preventDefault();
        return undo();
      }
      const these = about();
      const found = list(these).find(({ key }) => key === event.key);
      if (found === undefined || these.length === 0) return;
      // A field that the key opens must not get the letter.
      event.preventDefault();
      found.run();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });
}

/**
 * j and k move through a list, o opens what has the focus; Enter does so by itself, being a link or a button.
 * @returns goes onto the element around the list; each row's link or button carries `data-item`.
 */
export function useListKeys<T extends HTMLElement>(): RefObject<T | null> {
  const ref = useRef<T>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || isBusy(event.target)) return;
      const items = [...(ref.current?.querySelectorAll<HTMLElement>("[data-item]") ?? [])];
      const at = items.indexOf(document.activeElement as HTMLElement);
      if (event.key === "j") items[Math.min(at + 1, items.length - 1)]?.focus();
      else if (event.key === "k") items[Math.max(at - 1, 0)]?.focus();
      else if (event.key === "o") items[at]?.click();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return ref;
}
