"use client";
/** A comparison for a column of numbers or times. */
import { type FormEvent, useId, useState } from "react";

const SIGNS = [
  { sign: ">=", words: { number: "at least", time: "from" } },
  { sign: "<=", words: { number: "at most", time: "up to" } },
  { sign: "", words: { number: "exactly", time: "on" } },
  { sign: "empty", words: { number: "empty", time: "empty" } },
  { sign: "filled", words: { number: "not empty", time: "not empty" } },
] as const;

/** What a number is asked in where people do not count as the report does: hours for seconds. */
export interface Unit {
  word: string;
  /** So many of the report's units are one. */
  size: number;
}

export function FilterCompare({
  kind,
  unit = { word: "", size: 1 },
  onAdd,
}: {
  kind: "number" | "time";
  unit?: Unit | undefined;
  onAdd: (given: string) => void;
}) {
  const [sign, setSign] = useState<string>(">=");
  const [value, setValue] = useState("");
  const id = useId();
  const needsValue = sign !== "empty" && sign !== "filled";
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (sign === "empty") return onAdd("");
    if (sign === "filled") return onAdd("!=");
    if (value === "") return;
    onAdd(`${sign}${kind === "time" ? value : Math.round(Number(value) * unit.size)}`);
    setValue("");
  };
  return (
    <form onSubmit={add} className="flex flex-wrap items-center gap-2">
      <select
        aria-label="Comparison"
        className="field"
        value={sign}
        onChange={(event) => setSign(event.target.value)}
      >
        {SIGNS.map(({ sign: one, words }) => (
          <option key={one} value={one}>
            {words[kind]}
          </option>
        ))}
      </select>
      {needsValue ? (
        <>
          <input
            id={id}
            aria-label={unit.word === "" ? "Value" : `Value in ${unit.word}`}
            type={kind === "time" ? "date" : "number"}
            step="any"
            min={kind === "time" ? "1990-01-01" : undefined}
            max={kind === "time" ? "2999-12-31" : undefined}
            className="field w-36"
            value={value}
            onChange={(event) => setValue(event.target.value)}
          />
          {unit.word}
        </>
      ) : null}
      <button type="submit" className="button">
        Add
      </button>
    </form>
  );
}
