/** How fast leavers lose access, and the accounts of theirs that are still open. */
import type { OffboardingReport, OffboardingRow } from "../../lib/reports/contract.ts";
import { count, plural } from "../format/number.ts";
import { duration } from "../format/time.ts";
import { STEP_WORDS, TRIGGER_WORDS } from "../format/words.ts";
import { Percentiles } from "../offboarding/percentiles.tsx";
import { SurvivalCurve } from "../offboarding/survival-curve.tsx";
import { State, StateMark } from "../ui/state-mark.tsx";
import { TableFrame } from "../ui/table-frame.tsx";
import { Ago } from "../ui/when.tsx";

function OpenCases({ rows, all, asOf }: { rows: readonly OffboardingRow[]; all: number; asOf: string }) {
  return (
    <div className="mt-6">
      <h3 className="mb-2 font-semibold">{plural(all, "account")} still open, the oldest first</h3>
      <TableFrame
        scrolling="Accounts of leavers that are still open"
        heads={["Person", "Application", "Account", "Left", "State", "Open for", "Used after leaving"]}
      >
        {rows.map((row) => (
          <tr key={`${row.subject} ${row.leftAt} ${row.application} ${row.account}`}>
            <th scope="row">{row.identity.displayName ?? row.identity.userName}</th>
            <td>{row.application}</td>
            <td className="max-w-52 truncate" title={row.account}>
              {row.accountUserName ?? row.account}
            </td>
            <td title={TRIGGER_WORDS[row.trigger]}>
              <Ago at={row.leftAt} asOf={asOf} />
            </td>
            <td>
              <State {...STEP_WORDS[row.status]} />
            </td>
            <td className={`whitespace-nowrap ${row.breached ? "font-medium text-bad" : ""}`}>
              {duration(row.openFor ?? 0)}
            </td>
            <td className="whitespace-nowrap">
              {row.accessAfterLeaving ? (
                <span className="inline-flex items-center gap-1.5 font-semibold text-bad">
                  <StateMark tone="bad" />
                  <Ago at={row.lastAccessAfterLeavingAt} asOf={asOf} />
                </span>
              ) : (
                <span className="text-soft">–</span>
              )}
            </td>
          </tr>
        ))}
      </TableFrame>
      {all > rows.length ? (
        <p className="mt-2 text-sm text-soft">
          {count(all - rows.length)} more {all - rows.length === 1 ? "stands" : "stand"} in the evidence pack.
        </p>
      ) : null}
    </div>
  );
}

/** @param open the rows that are listed, in their order. */
export function Leaving({ report, open }: { report: OffboardingReport; open: readonly OffboardingRow[] }) {
  if (report.rows.length === 0) return null;
  const { summary } = report;
  return (
    <>
      <div className="grid grid-cols-1 gap-8 lg:grid-cols-[1fr_max-content]">
        <SurvivalCurve curve={report.curve} sla={report.commonSla} watched={report.summary.oldestOpen ?? 0} />
        <Percentiles summary={summary} />
      </div>
      {open.length === 0 ? null : (
        <OpenCases rows={open} all={summary.open + summary.failing} asOf={report.asOf} />
      )}
    </>
  );
}
