"use client";
/** What is selected, and taking its names along: as lines that a spreadsheet understands. */
import { type ReactNode, useState } from "react";
import { count } from "../format/number.ts";
import { lines } from "./lines.ts";

export function Selection({
  names,
  onClear,
  onAll,
  children,
}: {
  /** Of each selected row the names by which people know it. */
  names: readonly (readonly string[])[];
  onClear: () => void;
  /** Selects all rows; null where that is not offered. */
  onAll: (() => Promise<void>) | null;
  /** What can be done with them. */
  children: ReactNode;
}) {
  const [copied, setCopied] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const size = names.length;
  const selectAll = () =>
    onAll?.().then(
      () => setProblem(null),
      (error: Error) => setProblem(error.message),
    );
  if (size === 0 && onAll === null) return null;
  return (
    <span className="flex flex-wrap items-center gap-2 text-sm print:hidden">
      {size === 0 ? null : (
        <span role="status">
          {count(size)} selected{copied === size ? ", copied" : ""}
        </span>
      )}
      {children}
      {onAll === null ? null : (
        <button type="button" className="button" onClick={() => void selectAll()}>
          Select all
        </button>
      )}
      {size === 0 ? null : (
        <>
          <button
            type="button"
            className="button"
            onClick={() => void navigator.clipboard.writeText(lines(names)).then(() => setCopied(size))}
          >
            Copy the names
          </button>
          <button type="button" className="button" onClick={onClear}>
            Clear <kbd className="key">Esc</kbd>
          </button>
        </>
      )}
      {problem === null ? null : <span role="alert">{problem}</span>}
    </span>
  );
}
