"use client";
/** The filters of a table: the menu that sets them, and a chip for each column that has some. */
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { goTo } from "../data/use-address.ts";
import { Popover } from "../ui/popover.tsx";
import type { TableColumn } from "./columns.ts";
import { FilterCompare } from "./filter-compare.tsx";
import { FilterValues } from "./filter-values.tsx";
import { filtersIn, filterWords, withFilter, withoutFilters } from "./table-address.ts";

type Filterable = Pick<TableColumn<never>, "id" | "label" | "filter" | "word" | "unit">;

/** Values in words, the first ones where there are many. */
function words(given: readonly string[], word?: (value: string) => string): string {
  const said = given.map((one) => filterWords(one, word));
  return said.length > 3 ? `${said.slice(0, 3).join(", ")} and ${said.length - 3} more` : said.join(", ");
}

function Editor({
  path,
  query,
  column,
  chosen,
  onBack,
}: {
  path: string;
  query: string;
  column: Filterable;
  chosen: readonly string[];
  onBack: () => void;
}) {
  const set = (given: readonly string[]) =>
    goTo(withFilter(new URLSearchParams(window.location.search), column.id, given));
  return (
    <>
      <div className="mb-2 flex items-center justify-between gap-2">
        <h3 className="font-medium">{column.label}</h3>
        <button type="button" className="link" onClick={onBack}>
          Other filters
        </button>
      </div>
      {column.filter === "values" ? (
        <FilterValues
          path={path}
          query={query}
          column={column.id}
          chosen={chosen}
          word={column.word}
          onChoose={set}
        />
      ) : (
        <FilterCompare
          kind={column.filter ?? "number"}
          unit={column.unit}
          onAdd={(given) => set([...new Set([...chosen, given])])}
        />
      )}
    </>
  );
}

interface Props {
  /** The address of the rows. */
  path: string;
  query: string;
  columns: readonly Filterable[];
  /** Columns that a control of the page filters. */
  taken: readonly string[];
}

export function Filters({ path, query, columns, taken }: Props) {
  const search = new URLSearchParams(useSearchParams());
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState<string | null>(null);
  const filters = filtersIn(search);
  const offered = columns.filter(({ id, filter }) => filter !== undefined && !taken.includes(id));
  const column = offered.find(({ id }) => id === at);
  const show = (id: string | null) => {
    setAt(id);
    setOpen(true);
  };
  return (
    <>
      <Popover
        button="Filter"
        title="Filter"
        open={open}
        onOpen={(now) => {
          setOpen(now);
          if (now) setAt(null);
        }}
      >
        {column === undefined ? (
          <>
            <h3 className="mb-2 font-medium">Filter by</h3>
            <ul>
              {offered.map(({ id, label }) => (
                <li key={id}>
                  <button
                    type="button"
                    className="w-full rounded px-1 py-1 text-left hover:bg-sunken"
                    onClick={() => setAt(id)}
                  >
                    {label}
                  </button>
                </li>
              ))}
            </ul>
          </>
        ) : (
          <Editor
            key={column.id}
            path={path}
            query={query}
            column={column}
            chosen={filters.get(column.id) ?? []}
            onBack={() => setAt(null)}
          />
        )}
      </Popover>
      {[...filters].map(([id, given]) => {
        const known = columns.find((one) => one.id === id);
        const said = `${known?.label ?? id}: ${words(given, known?.word)}`;
        return (
          <span key={id} className="flex h-8 max-w-full items-stretch rounded border border-line text-sm">
            <button
              type="button"
              className="truncate px-3 hover:bg-sunken"
              title={said}
              onClick={() => show(id)}
            >
              {said}
            </button>
            <button
              type="button"
              aria-label={`Take the filter away, ${said}`}
              className="border-l border-line px-2 hover:bg-sunken"
              onClick={() => goTo(withFilter(new URLSearchParams(window.location.search), id, []))}
            >
              ×
            </button>
          </span>
        );
      })}
      {filters.size > 1 ? (
        <button
          type="button"
          className="link text-sm"
          onClick={() => goTo(withoutFilters(new URLSearchParams(window.location.search)))}
        >
          Clear the filters
        </button>
      ) : null}
    </>
  );
}
