"use client";
/** The headless table: columns, their order and the sort, all as the address has them. */
import { type ColumnDef, getCoreRowModel, type Updater, useReactTable } from "@tanstack/react-table";
import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { goTo } from "../data/use-address.ts";
import type { RowShape } from "./columns.ts";
import { type SortKey, sortIn, sortText } from "./table-address.ts";

/** A row with its place in the whole table. */
export interface Entry<Row> {
  index: number;
  row: Row;
}

function onSortingChange(updater: Updater<SortKey[]>): void {
  const next = new URLSearchParams(window.location.search);
  const text = sortText(typeof updater === "function" ? updater(sortIn(next)) : updater);
  if (text === "") next.delete("sort");
  else next.set("sort", text);
  goTo(next);
}

/** @param entries the rows that are drawn. */
export function useTable<Row>(
  shape: RowShape<Row>,
  shown: readonly string[],
  entries: Entry<Row>[],
  asOf: string,
) {
  const columns = useMemo(
    () =>
      shape.columns.map(
        ({ id, label, cell }): ColumnDef<Entry<Row>> => ({
          id,
          header: label,
          accessorFn: ({ row }) => row,
          cell: ({ row }) => cell(row.original.row, asOf),
        }),
      ),
    [shape, asOf],
  );
  const sorting = sortIn(new URLSearchParams(useSearchParams()));
  return useReactTable<Entry<Row>>({
    data: entries,
    columns,
    getCoreRowModel: getCoreRowModel(),
    getRowId: ({ index }) => String(index),
    // The server sorts, and gives the rows a part at a time.
    manualSorting: true,
    manualPagination: true,
    autoResetAll: false,
    sortDescFirst: false,
    onSortingChange,
    state: {
      sorting,
      columnOrder: [...shown],
      columnVisibility: Object.fromEntries(shape.columns.map(({ id }) => [id, shown.includes(id)])),
    },
  });
}
