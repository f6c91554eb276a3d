"use client";
/** The steps: one row for each account or credential of a leaver. */
import type { OffboardingRow } from "../../lib/reports/contract.ts";
import { duration, utc } from "../format/time.ts";
import { STEP_WORDS, TRIGGER_WORDS } from "../format/words.ts";
import { AccountCell, ApplicationCell, ErrorCell, PersonHead } from "../ui/row-cells.tsx";
import { useRowsShown } from "../ui/rows-shown.tsx";
import { State, StateMark } from "../ui/state-mark.tsx";
import { TableFrame } from "../ui/table-frame.tsx";
import { useListKeys } from "../ui/use-list-keys.ts";
import { Ago } from "../ui/when.tsx";

/** Whether and when it was used after leaving. */
export function Access({ row, asOf }: { row: OffboardingRow; asOf: string }) {
  if (!row.accessAfterLeaving) return <span className="text-soft">–</span>;
  return (
    <span className="inline-flex items-center gap-1.5 font-semibold whitespace-nowrap text-bad">
      <StateMark tone="bad" />
      used <Ago at={row.lastAccessAfterLeavingAt} asOf={asOf} />
    </span>
  );
}

/** How long it took, or has been open so far. */
export function Took({ row }: { row: OffboardingRow }) {
  const late = row.breached ? "font-medium text-bad" : "";
  if (row.openFor !== null) return <span className={late}>open for {duration(row.openFor)}</span>;
  if (row.latency === null) return <span className="text-soft">–</span>;
  return (
    <span className={late} title={row.endedAt === null ? undefined : `Ended ${utc(row.endedAt)}`}>
      {row.status === "early" ? "before leaving" : duration(row.latency)}
    </span>
  );
}

export function StepsTable({
  rows,
  asOf,
  person = true,
}: {
  rows: readonly OffboardingRow[];
  asOf: string;
  person?: boolean;
}) {
  const { shown, more } = useRowsShown(rows);
  const list = useListKeys<HTMLDivElement>();
  return (
    <>
      <TableFrame
        list={list}
        heads={[
          person ? "Person" : null,
          "Application",
          "Account",
          "Left",
          "State",
          "Took",
          "Access after leaving",
          "Last error",
        ]}
      >
        {shown.map((row) => (
          <tr key={`${row.subject} ${row.leftAt} ${row.application} ${row.account}`}>
            {person ? <PersonHead row={row} /> : null}
            <ApplicationCell name={row.application} />
            <AccountCell id={row.account} name={row.accountUserName} />
            <td title={TRIGGER_WORDS[row.trigger]}>
              <Ago at={row.leftAt} asOf={asOf} />
            </td>
            <td>
              <State {...STEP_WORDS[row.status]} />
            </td>
            <td className="whitespace-nowrap">
              <Took row={row} />
            </td>
            <td>
              <Access row={row} asOf={asOf} />
            </td>
            <ErrorCell text={row.lastError} />
          </tr>
        ))}
      </TableFrame>
      {more}
    </>
  );
}
