"use client";
/** The rows in sight, with the room of all others above and below. */
import { type Row as Drawn, flexRender } from "@tanstack/react-table";
import type { VirtualItem } from "@tanstack/react-virtual";
import type { RowShape, TableColumn } from "./columns.ts";
import { type Cell, Room, RowToCome, TableRow } from "./table-row.tsx";
import type { Entry } from "./use-table.ts";

interface Props<Row> {
  shape: RowShape<Row>;
  shown: readonly TableColumn<Row>[];
  /** Those that are here. */
  rows: readonly Drawn<Entry<Row>>[];
  /** Those that are in sight. */
  items: readonly VirtualItem[];
  /** Of all rows, in pixels. */
  height: number;
  active: number;
  isSelected: (row: Row) => boolean;
  onToggle: (index: number) => void;
  onFocus: (index: number) => void;
}

export function Body<Row>({ shown, rows, items, height, active, isSelected, onToggle, onFocus }: Props<Row>) {
  const here = new Map(rows.map((row) => [row.original.index, row]));
  const cellsOf = (row: Drawn<Entry<Row>>): Cell[] =>
    row.getVisibleCells().map(({ column, getContext }) => {
      const own = shown.find(({ id }) => id === column.id);
      return {
        id: column.id,
        label: own?.label ?? column.id,
        content: flexRender(column.columnDef.cell, getContext()),
        title: own?.title?.(row.original.row),
        right: own?.right === true,
      };
    });
  const stop = active >= 0 && here.has(active) ? active : (items[0]?.index ?? 0);
  return (
    <>
      <Room height={items[0]?.start ?? 0} />
      <tbody>
        {items.map(({ index }) => {
          const row = here.get(index);
          if (row === undefined)
            return <RowToCome key={index} index={index} columns={shown.map(({ id }) => id)} />;
          return (
            <TableRow
              key={index}
              index={index}
              cells={cellsOf(row)}
              selected={isSelected(row.original.row)}
              stop={index === stop}
              onToggle={() => onToggle(index)}
              onFocus={() => onFocus(index)}
            />
          );
        })}
      </tbody>
      <Room height={height - (items.at(-1)?.end ?? 0)} />
    </>
  );
}
