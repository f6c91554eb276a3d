"use client";
/** A number or word that leads to its rows on the same page: sets filters in the address without a reload. */
import { useSearchParams } from "next/navigation";
import type { MouseEvent, ReactNode } from "react";
import { type Changes, setAddress, withChanges } from "../data/use-address.ts";

/** Id of the heading over a page's rows. */
export const ROWS = "rows";

/** Brings the rows into sight when they begin below the window. */
function showRows(): void {
  const rows = document.getElementById(ROWS);
  if (rows !== null && rows.getBoundingClientRect().top > window.innerHeight - 120) rows.scrollIntoView();
}

export function FilterLink({
  set,
  className = "figure",
  label,
  current,
  stay = false,
  children,
}: {
  set: Changes;
  className?: string;
  label?: string;
  /** Whether this is the filter that is set. */
  current?: boolean;
  /** It changes what stands around it, not the page's rows: nothing scrolls. */
  stay?: boolean;
  children: ReactNode;
}) {
  const search = useSearchParams().toString();
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    setAddress(set);
    if (!stay) showRows();
  };
  return (
    <a
      href={withChanges(search, set)}
      onClick={follow}
      className={className}
      aria-label={label}
      aria-current={current ? "true" : undefined}
    >
      {children}
    </a>
  );
}
