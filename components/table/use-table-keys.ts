"use client";
/** Keys of a table whose rows are drawn only while they are in sight. */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { isBusy } from "../ui/use-list-keys.ts";

/** Whether the keys are somebody else's: a field, a dialog, a panel. A row's own box is no field. */
function isElsewhere(target: EventTarget | null, within: HTMLElement | null): boolean {
  const element = target instanceof HTMLElement ? target : null;
  if (element !== null && within?.contains(element) && element.matches("input[type=checkbox]")) return false;
  return isBusy(target) || element?.closest("[role=dialog]") != null;
}

/** The row of that number, once it is here and can have the focus. */
const rowOf = (within: HTMLElement | null, index: number): HTMLElement | null =>
  within?.querySelector<HTMLElement>(`tr[data-index="${index}"][tabindex]`) ?? null;

/** What a row leads to, as far as it can be seen: what is marked so, else its first link. */
function linkOf(row: HTMLElement | null): HTMLElement | undefined {
  const seen = (selector: string) =>
    [...(row?.querySelectorAll<HTMLElement>(selector) ?? [])].find((link) => link.offsetParent !== null);
  return seen("[data-item]") ?? seen("a");
}

interface Options {
  within: RefObject<HTMLElement | null>;
  /** Rows of the whole table. */
  count: number;
  scrollTo: (index: number) => void;
  toggle: (index: number) => void;
  clear: () => void;
}

/**
 * j and k, and in the table the arrows, Home and End, move; Enter or o opens; x selects; Esc gives the selection up.
 * @returns the row that the keys are at; -1 before any.
 */
export function useTableKeys(options: Options): {
  active: number;
  setActive: (index: number) => void;
  goTo: (index: number) => void;
} {
  const [active, setActive] = useState(-1);
  const wanted = useRef<number | null>(null);
  const now = useRef({ ...options, active });
  useLayoutEffect(() => {
    now.current = { ...options, active };
    // The row may be drawn some frames after it was scrolled to.
    const row = wanted.current === null ? null : rowOf(options.within.current, wanted.current);
    if (row === null) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  });
  const goTo = useCallback((index: number) => {
    const { within, count, scrollTo } = now.current;
    const next = Math.min(Math.max(index, 0), count - 1);
    if (next < 0) return;
    wanted.current = next;
    setActive(next);
    scrollTo(next);
    rowOf(within.current, next)?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { within, count, active: at, toggle, clear } = now.current;
      if (event.metaKey || event.ctrlKey || event.altKey || isElsewhere(event.target, within.current)) return;
      // While a row is still to come, nothing in the table can have the focus.
      const inside = wanted.current !== null || (within.current?.contains(event.target as Node) ?? false);
      const onRow = event.target instanceof HTMLTableRowElement;
      const go = (index: number) => {
        if (count === 0) return;
        event.preventDefault();
        goTo(index);
      };
      const { key } = event;
      if (key === "j" || (key === "ArrowDown" && onRow)) go(at + 1);
      else if (key === "k" || (key === "ArrowUp" && onRow)) go(at - 1);
      else if (key === "Home" && inside) go(0);
      else if (key === "End" && inside) go(count - 1);
      else if (key === "o" || (key === "Enter" && onRow)) linkOf(rowOf(within.current, at))?.click();
      else if (key === "x" && at >= 0) toggle(at);
      else if (key === "Escape") clear();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [goTo]);
  return { active: Math.min(active, options.count - 1), setActive, goTo };
}
