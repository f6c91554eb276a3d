"use client";
/** Which columns are shown. */
import { useState } from "react";
import { Popover } from "../ui/popover.tsx";

interface Props {
  columns: readonly { id: string; label: string }[];
  shown: readonly string[];
  onShow: (columns: readonly string[]) => void;
  onReset: () => void;
  isUsual: boolean;
}

function Choices({ columns, shown: given, onShow }: Omit<Props, "onReset" | "isUsual">) {
  // The address follows a little later: what is ticked meanwhile must not get lost.
  const [shown, setShown] = useState(given);
  const toggle = (id: string) => {
    const next = shown.includes(id) ? shown.filter((one) => one !== id) : [...shown, id];
    setShown(next);
    onShow(next);
  };
  return (
    <fieldset>
      <legend className="mb-2 font-medium">Columns</legend>
      {columns.map(({ id, label }) => (
        <label key={id} className="flex items-center gap-2 rounded px-1 py-1 hover:bg-sunken">
          <input
            type="checkbox"
            checked={shown.includes(id)}
            // A table without a column shows nothing.
            disabled={shown.length === 1 && shown.includes(id)}
            onChange={() => toggle(id)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

export function ColumnMenu({ columns, shown, onShow, onReset, isUsual }: Props) {
  const [open, setOpen] = useState(false);
  const reset = () => {
    onReset();
    setOpen(false);
  };
  return (
    <Popover button="Columns" title="Columns" open={open} onOpen={setOpen}>
      <Choices columns={columns} shown={shown} onShow={onShow} />
      {isUsual ? null : (
        <button type="button" className="button mt-2" onClick={reset}>
          The usual columns
        </button>
      )}
    </Popover>
  );
}
