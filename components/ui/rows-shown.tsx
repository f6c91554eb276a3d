"use client";
/** Long lists come in parts, so that a page of ten thousand rows opens at once. */
import { type ReactNode, useState } from "react";
import { count } from "../format/number.ts";

const PART = 100;

/** @returns the rows to draw and the button that shows more, null when all are shown. */
export function useRowsShown<T>(rows: readonly T[]): { shown: readonly T[]; more: ReactNode } {
  const [limit, setLimit] = useState(PART);
  const more =
    rows.length <= limit ? null : (
      <button type="button" className="button mt-3 print:hidden" onClick={() => setLimit(limit + 5 * PART)}>
        Show {count(Math.min(5 * PART, rows.length - limit))} more of {count(rows.length)}
      </button>
    );
  return { shown: rows.slice(0, limit), more };
}
