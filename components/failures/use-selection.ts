"use client";
/** Which rows of the queue are selected, by mouse and by x; and where the focus was when a row goes. */
import { type RefObject, useEffect, useRef, useState } from "react";
import { isBusy } from "../ui/use-list-keys.ts";

export interface Selection {
  groups: readonly string[];
  has: (group: string) => boolean;
  toggle: (group: string) => void;
  set: (groups: readonly string[]) => void;
}

/** The row that has the focus, by its group; null when none has. */
export const focusedGroup = (): string | null =>
  document.activeElement?.closest<HTMLElement>("[data-group]")?.dataset.group ?? null;

/** @param shown the groups that are shown: what is not shown is not selected. */
export function useSelection(shown: readonly string[], may: boolean): Selection {
  const [selected, setSelected] = useState<readonly string[]>([]);
  const groups = selected.filter((group) => shown.includes(group));
  const selection: Selection = {
    groups,
    has: (group) => groups.includes(group),
    toggle: (group) =>
      setSelected(groups.includes(group) ? groups.filter((one) => one !== group) : [...groups, group]),
    set: setSelected,
  };
  useEffect(() => {
    if (!may) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey) return;
      if (document.querySelector("dialog[open]") !== null) return;
      if (event.key === "Escape" && groups.length > 0) return setSelected([]);
      const group = event.key === "x" && !isBusy(event.target) ? focusedGroup() : null;
      if (group !== null) selection.toggle(group);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });
  return selection;
}

/**
 * Keeps the person's place: when the row that had the focus goes by an act, the one that comes into its place gets it.
 * @returns to be called when an act begins.
 */
export function useKeptPlace(list: RefObject<HTMLDivElement | null>): () => void {
  const place = useRef<number | null>(null);
  const last = useRef(0);
  useEffect(() => {
    const items = [...(list.current?.querySelectorAll<HTMLElement>("[data-item]") ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    if (at >= 0) last.current = at;
    const lost = document.activeElement === document.body && document.querySelector("dialog[open]") === null;
    if (place.current === null || !lost) return;
    items[Math.min(place.current, items.length - 1)]?.focus();
    place.current = null;
  });
  useEffect(() => {
    const onFocus = () => {
      const items = [...(list.current?.querySelectorAll<HTMLElement>("[data-item]") ?? [])];
      const at = items.indexOf(document.activeElement as HTMLElement);
      if (at >= 0) last.current = at;
    };
    document.addEventListener("focusin", onFocus);
    return () => document.removeEventListener("focusin", onFocus);
  }, [list]);
  return () => {
    place.current = last.current;
  };
}
