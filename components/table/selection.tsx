"use client";
/** What is selected, and taking its names along: as lines that a spreadsheet understands. */
import { useState } from "react";
import { count } from "../format/number.ts";
import { lines } from "./lines.ts";

export function Selection({
  names,
  onClear,
}: {
  /** Of each selected row the names by which people know it. */
  names: readonly (readonly string[])[];
  onClear: () => void;
}) {
  const [copied, setCopied] = useState<number | null>(null);
  const size = names.length;
  if (size === 0) return null;
  return (
    <span className="flex items-center gap-2 text-sm">
      <span role="status">
        {count(size)} selected{copied === size ? ", copied" : ""}
      </span>
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
    </span>
  );
}
