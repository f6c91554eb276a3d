"use client";
/** How many there are of each band of time; each bar leads to its rows. */
import { useSearchParams } from "next/navigation";
import { count } from "../format/number.ts";
import { AsTable } from "./as-table.tsx";
import { FilterLink } from "./filter-link.tsx";

interface Bar {
  /** As the address has it. */
  key: string;
  label: string;
  size: number;
  /** Classes of its colour, and of a sign beside the colour. */
  colour: string;
}

/** @param height of the highest bar, in pixels. */
export function Bands({ bars, caption, height }: { bars: readonly Bar[]; caption: string; height: number }) {
  const set = useSearchParams().get("took");
  const most = Math.max(1, ...bars.map(({ size }) => size));
  return (
    <figure className="min-w-0">
      <figcaption className="mb-2 text-sm text-soft">{caption}</figcaption>
      <ul className="flex items-end gap-1.5">
        {bars.map(({ key, label, size, colour }) => (
          <li key={key} className="min-w-0 flex-1">
            <FilterLink
              set={{ took: set === key ? null : key }}
              current={set === key}
              className="group flex flex-col items-stretch text-center"
            >
              <span className="text-xs">{size === 0 ? <span className="sr-only">0</span> : count(size)}</span>
              <span className="sr-only"> accounts: </span>
              <span
                className={`rounded-t-xs group-hover:opacity-80 group-aria-[current=true]:outline-2 group-aria-[current=true]:outline-offset-1 group-aria-[current=true]:outline-accent ${colour}`}
                style={{ height: size === 0 ? 1 : Math.max(3, Math.round((height * size) / most)) }}
              />
              <span className="-mx-1 mt-1 h-8 text-[11px] leading-4 tracking-tight text-soft group-hover:underline">
                {label}
              </span>
            </FilterLink>
          </li>
        ))}
      </ul>
      <AsTable
        label="Accounts by time"
        columns={[{ head: "Time" }, { head: "Accounts", number: true }]}
        rows={bars.map(({ key, label, size }) => ({ key, cells: [label, count(size)] }))}
      />
    </figure>
  );
}
