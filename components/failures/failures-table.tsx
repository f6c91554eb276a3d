"use client";
/** The queue: one row a cause. */
import type { FailureRow } from "../../lib/reports/contract.ts";
import { count } from "../format/number.ts";
import { duration } from "../format/time.ts";
import { capital, FAILURE_STATE_WORDS } from "../format/words.ts";
import { State } from "../ui/state-mark.tsx";
import { useListKeys } from "../ui/use-list-keys.ts";
import { Ago } from "../ui/when.tsx";
import { isQuarantine, whatOf } from "./choose.ts";

function Row({ row, asOf, onOpen }: { row: FailureRow; asOf: string; onOpen: (id: string) => void }) {
  return (
    <tr>
      <td>
        <State {...FAILURE_STATE_WORDS[row.state]} />
      </td>
      <th scope="row" className="min-w-40">
        <button type="button" data-item="" className="link text-left" onClick={() => onOpen(row.id)}>
          {whatOf(row)}
        </button>
      </th>
      <td className="min-w-52">
        <span className={isQuarantine(row) ? "font-semibold text-bad" : ""}>{capital(row.errorClass)}</span>
        {row.errorCode === null ? null : <span className="text-soft"> {row.errorCode}</span>}
        <span className="block max-w-[44ch] truncate text-soft" title={row.message ?? undefined}>
          {row.message}
        </span>
      </td>
      <td className="number">
        {count(row.open)} <span className="text-soft">of {count(row.affected)}</span>
      </td>
      <td className="number">{count(row.attempts)}</td>
      <td className="number">
        {row.age === null ? <span className="text-soft">–</span> : duration(row.age)}
      </td>
      <td>
        <Ago at={row.firstSeen} asOf={asOf} />
      </td>
      <td>
        <Ago at={row.lastSeen} asOf={asOf} />
      </td>
    </tr>
  );
}

export function FailuresTable({
  rows,
  asOf,
  onOpen,
}: {
  rows: readonly FailureRow[];
  asOf: string;
  onOpen: (id: string) => void;
}) {
  const list = useListKeys<HTMLDivElement>();
  return (
    <div ref={list} className="overflow-x-auto">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">State</th>
            <th scope="col">Application and operation</th>
            <th scope="col">Cause</th>
            <th scope="col" className="number">
              Still open
            </th>
            <th scope="col" className="number">
              Attempts
            </th>
            <th scope="col" className="number">
              Open for
            </th>
            <th scope="col">First seen</th>
            <th scope="col">Last seen</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} asOf={asOf} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
