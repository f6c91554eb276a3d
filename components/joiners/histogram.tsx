"use client";
/** How long accounts of joiners took to work, in bands; each bar leads to its rows. */
import { useSearchParams } from "next/navigation";
import type { JoinerRow } from "../../lib/reports/contract.ts";
import { count } from "../format/number.ts";
import { AsTable } from "../ui/as-table.tsx";
import { FilterLink } from "../ui/filter-link.tsx";
import { BANDS } from "./bands.ts";

const HEIGHT = 120;

export function Histogram({ rows }: { rows: readonly JoinerRow[] }) {
  const set = useSearchParams().get("took");
  const bars = BANDS.map((band) => ({ ...band, size: rows.filter(band.has).length }));
  const most = Math.max(1, ...bars.map(({ size }) => size));
  return (
    <figure className="min-w-0">
      <figcaption className="mb-2 text-sm text-soft">
        Accounts by time from joining to the first proof that they work
      </figcaption>
      <ul className="flex items-end gap-1.5">
        {bars.map(({ key, label, size }) => (
          <li key={key} className="min-w-0 flex-1">
            <FilterLink
              set={{ took: set === key ? null : key }}
              current={set === key}
              className="group flex flex-col items-stretch text-center"
            >
              <span className="text-xs">{size === 0 ? <span className="sr-only">0</span> : count(size)}</span>
              <span className="sr-only"> accounts: </span>
              <span
                className={`rounded-t-xs group-hover:opacity-80 group-aria-[current=true]:outline-2 group-aria-[current=true]:outline-offset-1 group-aria-[current=true]:outline-accent ${key === "none" ? "hatched bg-risk" : "bg-good"}`}
                style={{ height: size === 0 ? 1 : Math.max(3, Math.round((HEIGHT * size) / most)) }}
              />
              <span className="mt-1 h-8 text-[11px] leading-4 text-soft group-hover:underline">{label}</span>
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
