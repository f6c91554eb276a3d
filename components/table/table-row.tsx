"use client";
/** One row: a cell for each column, or on a phone two lines. */
import type { ReactNode } from "react";

/** What a cell shows. */
export interface Cell {
  id: string;
  label: string;
  content: ReactNode;
  title: string | undefined;
  right: boolean;
}

interface Props {
  index: number;
  cells: readonly Cell[];
  selected: boolean;
  /** Whether Tab stops here. */
  stop: boolean;
  onToggle: () => void;
  onFocus: () => void;
}

/** On a phone: the first two columns above, the others beneath. */
function Lines({ cells }: { cells: readonly Cell[] }) {
  const [first, second, ...others] = cells;
  return (
    <td className="py-1! sm:hidden">
      <div className="flex justify-between gap-3">
        <span className="min-w-0 truncate">{first?.content}</span>
        <span className="shrink-0 text-soft">{second?.content}</span>
      </div>
      <div className="flex gap-3 overflow-hidden text-xs text-soft">
        {others.map(({ id, label, content }) => (
          <span key={id} className="min-w-0 truncate">
            <span className="sr-only">{label}: </span>
            {content}
          </span>
        ))}
      </div>
    </td>
  );
}

export function TableRow({ index, cells, selected, stop, onToggle, onFocus }: Props) {
  return (
    <tr
      data-index={index}
      aria-rowindex={index + 2}
      tabIndex={stop ? 0 : -1}
      onFocus={onFocus}
      className={`h-8 focus-visible:-outline-offset-2 max-sm:h-13 ${selected ? "bg-sunken" : ""}`}
    >
      <td>
        <input
          type="checkbox"
          aria-label={`Select row ${index + 1}`}
          tabIndex={-1}
          checked={selected}
          onChange={onToggle}
          className="align-middle"
        />
      </td>
      <Lines cells={cells} />
      {cells.map(({ id, content, title, right }) => (
        <td key={id} title={title} className={`truncate max-sm:hidden ${right ? "number" : ""}`}>
          {content}
        </td>
      ))}
    </tr>
  );
}

/** A row that is on its way. */
export function RowToCome({ index, columns }: { index: number; columns: readonly string[] }) {
  const bar = <div className="h-3 w-2/3 rounded bg-sunken" />;
  return (
    <tr data-index={index} aria-rowindex={index + 2} aria-busy="true" className="h-8 max-sm:h-13">
      <td>
        <span className="sr-only">On its way</span>
      </td>
      <td className="sm:hidden">{bar}</td>
      {columns.map((column) => (
        <td key={column} className="max-sm:hidden">
          {bar}
        </td>
      ))}
    </tr>
  );
}

/** The room of the rows above or below those that are drawn, a body of its own. It spans nothing: a phone has fewer columns. */
export function Room({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tbody aria-hidden="true">
      <tr>
        <td className="border-0! p-0!" style={{ height }} />
      </tr>
    </tbody>
  );
}
