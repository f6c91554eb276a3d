"use client";
/** Some of many: what is chosen stands there, each with a button that takes it away; a small panel has the rest. */
import { useState } from "react";
import { Refusal } from "./field.tsx";
import { Popover } from "./popover.tsx";

/** More than fit below each other: then a field finds one. */
const MANY = 10;
/** Drawn at once; the field finds the others. */
const MOST = 100;

export interface Option {
  value: string;
  word: string;
}

interface Props {
  label: string;
  /** Said while nothing is chosen. */
  none: string;
  options: readonly Option[];
  chosen: readonly string[];
  /** Why it was refused; null when it was not. */
  error?: string | null;
  onChoose: (chosen: string[]) => void;
}

function List({
  label,
  options,
  chosen,
  onChoose,
}: Pick<Props, "label" | "options" | "chosen" | "onChoose">) {
  const [text, setText] = useState("");
  const wanted = text.trim().toLowerCase();
  const found = options.filter(({ word }) => word.toLowerCase().includes(wanted));
  const toggle = (value: string) =>
    onChoose(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  return (
    <>
      {options.length > MANY ? (
        <input
          type="search"
          aria-label={`Find in ${label}`}
          placeholder="Find"
          className="field mb-2 w-full"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      ) : null}
      {found.slice(0, MOST).map(({ value, word }) => (
        <label key={value} className="flex items-center gap-2 rounded px-1 py-1 hover:bg-sunken">
          <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
          <span className="min-w-0 flex-1 truncate" title={word}>
            {word}
          </span>
        </label>
      ))}
      {found.length === 0 ? <p className="text-soft">Nothing here is called so.</p> : null}
      {found.length > MOST ? <p className="text-soft">Type to find the others.</p> : null}
    </>
  );
}

export function PickMany({ label, none, options, chosen, error = null, onChoose }: Props) {
  const [open, setOpen] = useState(false);
  const wordOf = (value: string) => options.find((option) => option.value === value)?.word ?? value;
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">{label}</legend>
      <div className="flex flex-wrap items-center gap-2">
        {chosen.length === 0 ? <span className="text-sm text-soft">{none}</span> : null}
        {chosen.map((value) => (
          <span key={value} className="flex h-8 max-w-full items-stretch rounded border border-line text-sm">
            <span className="truncate px-3 leading-8">{wordOf(value)}</span>
            <button
              type="button"
              aria-label={`Take ${wordOf(value)} away`}
              className="border-l border-line px-2 hover:bg-sunken"
              onClick={() => onChoose(chosen.filter((one) => one !== value))}
            >
              ×
            </button>
          </span>
        ))}
        {options.length === 0 ? null : (
          <Popover button={`Choose ${label.toLowerCase()}`} title={label} open={open} onOpen={setOpen}>
            <List label={label} options={options} chosen={chosen} onChoose={onChoose} />
          </Popover>
        )}
      </div>
      <Refusal>{error}</Refusal>
    </fieldset>
  );
}
