"use client";
/** The values of a column to choose from, each with the rows that it has. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { fetchJson } from "../data/api.ts";
import { count } from "../format/number.ts";
import { Problem } from "../ui/problem.tsx";
import type { RowsPage } from "./columns.ts";
import { exactly, filterWords } from "./table-address.ts";
import { pagePath } from "./use-rows.ts";

/** More than fit below each other: then a field finds one. */
const MANY = 10;

interface Option {
  /** As the filter has it. */
  given: string;
  word: string;
  rows: number | null;
}

interface Props {
  /** The address of the rows. */
  path: string;
  /** The API's query of the rows. */
  query: string;
  column: string;
  chosen: readonly string[];
  word?: ((value: string) => string) | undefined;
  onChoose: (given: string[]) => void;
}

export function FilterValues({ path, query, column, chosen: given, word, onChoose }: Props) {
  // The address follows a little later: what is ticked meanwhile must not get lost.
  const [chosen, setChosen] = useState(given);
  const [text, setText] = useState("");
  const facets = useQuery({
    queryKey: ["facets", path, query, column],
    queryFn: ({ signal }) =>
      fetchJson<RowsPage<unknown>>(pagePath(path, query, { limit: "1", facets: column }), { signal }),
    placeholderData: (before) => before,
  });
  if (facets.error !== null)
    return <Problem error={facets.error} retry={() => void facets.refetch()} since={facets.dataUpdatedAt} />;
  const found = facets.data?.page.facets?.[column];
  if (found === undefined) return <p role="status">Counting …</p>;
  const counted = found.values.map(
    ({ value, rows }): Option => ({
      given: exactly(value),
      word: value === null ? "empty" : (word?.(value) ?? value),
      rows,
    }),
  );
  const others = chosen
    .filter((value) => !counted.some((option) => option.given === value))
    .map((value): Option => ({ given: value, word: filterWords(value, word), rows: null }));
  const wanted = text.trim().toLowerCase();
  const options = [...others, ...counted].filter((option) => option.word.toLowerCase().includes(wanted));
  const toggle = (value: string) => {
    const next = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
    setChosen(next);
    onChoose(next);
  };
  return (
    <>
      {counted.length > MANY ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (wanted !== "") toggle(options[0]?.given ?? exactly(text.trim()));
            setText("");
          }}
        >
          <input
            type="search"
            aria-label="Find a value"
            placeholder="Find a value"
            className="field mb-2 w-full"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </form>
      ) : null}
      {options.map(({ given: value, word: said, rows }) => (
        <label key={value} className="flex items-center gap-2 rounded px-1 py-1 hover:bg-sunken">
          <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
          <span className="min-w-0 flex-1 truncate" title={said}>
            {said}
          </span>
          {rows === null ? null : <span className="text-soft">{count(rows)}</span>}
        </label>
      ))}
      {options.length === 0 ? <p className="text-soft">No value has this in it.</p> : null}
      {found.all > found.values.length ? (
        <p className="mt-2 text-soft">
          The {count(found.values.length)} most frequent of {count(found.all)}; Enter takes a name as typed.
        </p>
      ) : null}
    </>
  );
}
