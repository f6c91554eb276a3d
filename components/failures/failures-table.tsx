"use client";
/** The queue: one row a cause. */
import type { RefObject } from "react";
import type { FailureRow } from "../../lib/reports/contract.ts";
import { count } from "../format/number.ts";
import { duration } from "../format/time.ts";
import { capital, FAILURE_STATE_WORDS } from "../format/words.ts";
import { State } from "../ui/state-mark.tsx";
import { TableFrame } from "../ui/table-frame.tsx";
import { Ago, Moment } from "../ui/when.tsx";
import { isQuarantine, whatOf } from "./choose.ts";
import type { Selection } from "./use-selection.ts";

interface RowProps {
  row: FailureRow;
  asOf: string;
  /** Null for whoever can't decide. */
  selection: Selection | null;
  onOpen: (id: string) => void;
}

function Row({ row, asOf, selection, onOpen }: RowProps) {
  const selected = selection?.has(row.id) ?? false;
  return (
    <tr data-group={row.id} className={selected ? "bg-accent/10" : ""}>
      {selection === null ? null : (
        <td>
          <input
            type="checkbox"
            className="mt-0.5"
            aria-label={`Select ${whatOf(row)}, ${row.errorClass}`}
            checked={selected}
            onChange={() => selection.toggle(row.id)}
          />
        </td>
      )}
      <td>
        <State {...FAILURE_STATE_WORDS[row.state]} />
        {row.until === null ? null : (
          <span className="block text-xs text-soft">
            until <Moment at={row.until} />
          </span>
        )}
        {row.newSince === 0 ? null : (
          <span className="block text-xs text-soft">{count(row.newSince)} failed again since</span>
        )}
      </td>
      <th scope="row" className="min-w-40">
        <button type="button" data-item="" className="link text-left" onClick={() => onOpen(row.id)}>
          {whatOf(row)}
        </button>
        {row.notes.length === 0 ? null : (
          <span className="block max-w-[40ch] truncate text-xs text-soft" title={row.notes.at(-1)?.text}>
            {row.notes.at(-1)?.text}
          </span>
        )}
      </th>
      <td className="min-w-52">
        <span className={isQuarantine(row) ? "font-semibold text-bad" : ""}>{capital(row.errorClass)}</span>
        {row.errorCode === null ? null : <span className="text-soft"> {row.errorCode}</span>}
        <span className="block max-w-[44ch] truncate text-soft" title={row.message ?? undefined}>
          {row.message}
        </span>
      </td>
      <td>{row.owner ?? <span className="text-soft">–</span>}</td>
      <td className="number">
        {count(row.open)} <span className="text-soft">of {count(row.affected)}</span>
      </td>
      <td className="number">{count(row.attempts)}</td>
      <td className="number">
        {row.age === null ? <span className="text-soft">–</span> : duration(row.age)}
      </td>
      <td>
        <Ago at={row.lastSeen} asOf={asOf} />
      </td>
    </tr>
  );
}

export function FailuresTable({
  list,
  rows,
  ...rest
}: { list: RefObject<HTMLDivElement | null>; rows: readonly FailureRow[] } & Omit<RowProps, "row">) {
  const { selection } = rest;
  const all = rows.every(({ id }) => selection?.has(id));
  return (
    <TableFrame
      list={list}
      heads={[
        selection === null
          ? null
          : {
              head: "Select all shown",
              drawn: (
                <input
                  type="checkbox"
                  aria-label="Select all shown"
                  checked={all}
                  onChange={() => selection.set(all ? [] : rows.map(({ id }) => id))}
                />
              ),
            },
        "State",
        "Application and operation",
        "Cause",
        "Owner",
        { head: "Still open", number: true },
        { head: "Attempts", number: true },
        { head: "Open for", number: true },
        "Last seen",
      ]}
    >
      {rows.map((row) => (
        <Row key={row.id} row={row} {...rest} />
      ))}
    </TableFrame>
  );
}
