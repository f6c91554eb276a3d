"use client";
/** The steps: one row for each account that a joiner was to get. */
import type { JoinerRow } from "../../lib/reports/contract.ts";
import { duration, utc } from "../format/time.ts";
import { JOINER_WORDS } from "../format/words.ts";
import { AccountCell, ApplicationCell, ErrorCell, PersonHead } from "../ui/row-cells.tsx";
import { useRowsShown } from "../ui/rows-shown.tsx";
import { State } from "../ui/state-mark.tsx";
import { TableFrame } from "../ui/table-frame.tsx";
import { useListKeys } from "../ui/use-list-keys.ts";
import { Ago } from "../ui/when.tsx";

/** How long it took, or has taken so far. */
export function Took({ row }: { row: JoinerRow }) {
  if (row.openFor !== null) return <>waiting for {duration(row.openFor)}</>;
  if (row.latency === null) return <span className="text-soft">–</span>;
  return (
    <span title={row.workingAt === null ? undefined : `Working ${utc(row.workingAt)}`}>
      {row.latency === 0 ? "ready at the start" : duration(row.latency)}
    </span>
  );
}

export function JoinerTable({
  rows,
  asOf,
  person = true,
}: {
  rows: readonly JoinerRow[];
  asOf: string;
  person?: boolean;
}) {
  const { shown, more } = useRowsShown(rows);
  const list = useListKeys<HTMLDivElement>();
  return (
    <>
      <TableFrame
        list={list}
        heads={[person ? "Person" : null, "Application", "Account", "Joined", "State", "Took", "Last error"]}
      >
        {shown.map((row) => (
          <tr key={`${row.subject} ${row.joinedAt} ${row.application} ${row.account}`}>
            {person ? <PersonHead row={row} /> : null}
            <ApplicationCell name={row.application} />
            <AccountCell id={row.account} name={row.accountUserName} />
            <td title={row.start === "rehire" ? "came back" : undefined}>
              <Ago at={row.joinedAt} asOf={asOf} />
            </td>
            <td>
              <State {...JOINER_WORDS[row.status]} />
            </td>
            <td className="whitespace-nowrap">
              <Took row={row} />
            </td>
            <ErrorCell text={row.lastError} />
          </tr>
        ))}
      </TableFrame>
      {more}
    </>
  );
}
