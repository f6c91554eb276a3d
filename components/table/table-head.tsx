"use client";
/** The columns' names, each a button that sorts. */
import { flexRender, type HeaderGroup } from "@tanstack/react-table";

const ARIA = { asc: "ascending", desc: "descending" } as const;

export function TableHead<Entry>({
  groups,
  isRight,
}: {
  groups: readonly HeaderGroup<Entry>[];
  isRight: (column: string) => boolean;
}) {
  return (
    <thead className="sticky top-0 z-1 bg-page max-sm:hidden">
      {groups.map((group) => (
        <tr key={group.id} aria-rowindex={1}>
          <th scope="col">
            <span className="sr-only">Selected</span>
          </th>
          <th className="sm:hidden" />
          {group.headers.map(({ id, column, getContext }) => {
            const sorted = column.getIsSorted();
            return (
              <th
                key={id}
                scope="col"
                className={`overflow-hidden ${isRight(id) ? "number" : ""}`}
                aria-sort={sorted === false ? undefined : ARIA[sorted]}
              >
                <button
                  type="button"
                  className="inline-flex max-w-full items-center gap-1 hover:text-ink focus-visible:-outline-offset-1"
                  title="Sort; with Shift after what is sorted already"
                  onClick={column.getToggleSortingHandler()}
                >
                  <span className="truncate">{flexRender(column.columnDef.header, getContext())}</span>
                  {sorted === false ? null : <span aria-hidden="true">{sorted === "asc" ? "▲" : "▼"}</span>}
                </button>
              </th>
            );
          })}
        </tr>
      ))}
    </thead>
  );
}
