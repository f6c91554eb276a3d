"use client";
/** Which columns are shown: by the address; without a word there by what this browser has kept; else the usual ones. */
import { useSearchParams } from "next/navigation";
import { useEffect } from "react";
import { goTo } from "../data/use-address.ts";
import { columnsIn } from "./table-address.ts";

const keyOf = (table: string): string => `rollcall.columns.${table}`;

/** What this browser has kept; null where it keeps nothing, or may not. */
function kept(table: string): string | null {
  try {
    return window.localStorage.getItem(keyOf(table));
  } catch {
    return null;
  }
}

function keep(table: string, columns: string | null): void {
  try {
    if (columns === null) window.localStorage.removeItem(keyOf(table));
    else window.localStorage.setItem(keyOf(table), columns);
  } catch {
    // The address has them all the same.
  }
}

/** @param usual those shown before anybody has chosen; `known` all, in their order. */
export function useColumns(table: string, known: readonly string[], usual: readonly string[]) {
  const search = useSearchParams();
  const chosen = columnsIn(search.get("columns"), known);
  const all = known.join();
  const standard = usual.join();
  // The address tells a colleague what is seen here, also where this browser alone knew it.
  useEffect(() => {
    const now = new URLSearchParams(window.location.search);
    if (now.has("columns")) return;
    const own = columnsIn(kept(table), all.split(","))?.join();
    if (own === undefined || own === standard) return;
    now.set("columns", own);
    goTo(now, "replace");
  }, [table, all, standard]);
  const show = (columns: readonly string[]) => {
    const text = known.filter((column) => columns.includes(column)).join();
    const next = new URLSearchParams(window.location.search);
    if (text === standard) next.delete("columns");
    else next.set("columns", text);
    keep(table, text === standard ? null : text);
    goTo(next);
  };
  return { shown: chosen ?? usual, show, reset: () => show(usual), isUsual: chosen === null };
}
