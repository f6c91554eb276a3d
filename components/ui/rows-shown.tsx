"use client";
/** Long lists come in parts, so that a page of ten thousand rows opens at once. */
import { type ReactNode, useState } from "react";
import { count } from "../format/number.ts";
import { LIST_PART } from "./list-part.ts";

const MORE = 5 * LIST_PART;

interface Rest {
  /** How many rows there are, where `rows` are the first of them. */
  of: number;
  /** Has the others come. */
  fetch: () => void;
}

/** @returns the rows to draw and what shows more of them, null when all are shown. */
export function useRowsShown<T>(
  rows: readonly T[],
  { of, fetch }: Rest = { of: rows.length, fetch: () => {} },
): { shown: readonly T[]; more: ReactNode } {
  const [limit, setLimit] = useState(LIST_PART);
  const showMore = () => {
    if (rows.length < Math.min(limit + MORE, of)) fetch();
    setLimit(limit + MORE);
  };
  const shown = rows.slice(0, limit);
  if (shown.length === of) return { shown, more: null };
  const more =
    shown.length < Math.min(limit, of) ? (
      <p role="status" className="mt-3 text-sm text-soft print:hidden">
        Fetching all {count(of)} …
      </p>
    ) : (
      <button type="button" className="button mt-3 print:hidden" onClick={showMore}>
        Show {count(Math.min(MORE, of - limit))} more of {count(of)}
      </button>
    );
  return { shown, more };
}
