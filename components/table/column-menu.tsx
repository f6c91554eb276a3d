"use client";
/** Which columns are shown. */
import { useState } from "react";
import { Popover } from "../ui/popover.tsx";

export function ColumnMenu({
  columns,
  shown,
  onShow,
  onReset,
  isUsual,
}: {
  columns: readonly { id: string; label: string }[];
  shown: readonly string[];
  onShow: (columns: string[]) => void;
  onReset: () => void;
  isUsual: boolean;
}) {
  const [open, setOpen] = useState(false);
  return (
    <Popover button="Columns" title="Columns" open={open} onOpen={setOpen}>
      <fieldset>
        <legend className="mb-2 font-medium">Columns</legend>
        {columns.map(({ id, label }) => {
          const on = shown.includes(id);
          return (
            <label key={id} className="flex items-center gap-2 rounded px-1 py-1 hover:bg-sunken">
              <input
                type="checkbox"
                checked={on}
                // A table without a column shows nothing.
                disabled={on && shown.length === 1}
                onChange={() => onShow(on ? shown.filter((one) => one !== id) : [...shown, id])}
              />
              {label}
            </label>
          );
        })}
      </fieldset>
      {isUsual ? null : (
        <button type="button" className="button mt-2" onClick={onReset}>
          The usual columns
        </button>
      )}
    </Popover>
  );
}
