/** Alerts that are open, and those that were resolved. Nobody is named in them: who it is stands behind the link. */
import Link from "next/link";
import type { AlertsReport, AlertTold } from "../../lib/alerts/contract.ts";
import { plural } from "../format/number.ts";
import { State } from "../ui/state-mark.tsx";
import { TableFrame } from "../ui/table-frame.tsx";
import { Ago } from "../ui/when.tsx";
import { toneOf } from "./words.ts";

interface Props {
  alerts: readonly AlertTold[];
  report: AlertsReport;
  /** The heads of the last two columns. */
  times: readonly [string, string];
  timesOf: (alert: AlertTold) => readonly [string | null, string | null];
}

function AlertTable({ alerts, report: { rules, asOf }, times, timesOf }: Props) {
  const titles = new Map(rules.map(({ rule, title }) => [rule, title]));
  return (
    <TableFrame className="relative overflow-x-auto" heads={["Alert", "What", "So since", ...times]}>
      {alerts.map((alert) => (
        <tr key={alert.alert}>
          <td>
            <State
              tone={alert.resolvedAt === null ? toneOf(alert.rule) : "good"}
              word={titles.get(alert.rule) ?? alert.rule}
            />
          </td>
          <th scope="row" className="min-w-72 [overflow-wrap:anywhere]">
            <Link href={alert.link} prefetch={false} className="link">
              {alert.what}
            </Link>
          </th>
          <td>
            <Ago at={alert.since} asOf={asOf} />
          </td>
          {timesOf(alert).map((at, i) => (
            <td key={times[i]}>
              <Ago at={at} asOf={asOf} />
            </td>
          ))}
        </tr>
      ))}
    </TableFrame>
  );
}

export function OpenAlerts({ report }: { report: AlertsReport }) {
  const all = report.rules.reduce((sum, { open }) => sum + open, 0);
  const more = all - report.open.length;
  return (
    <section aria-labelledby="open-alerts">
      <h2 id="open-alerts" className="mb-2">
        {plural(all, "open alert")}
      </h2>
      {all === 0 ? (
        <p className="max-w-[80ch] text-soft">
          Here will be what calls for somebody: accounts used after their people left, leavers whose time is
          up, quarantines, new causes of failures, sources that fell silent, applications that nothing
          provisions. Each is told once, and leaves when it is over.
        </p>
      ) : (
        <AlertTable
          alerts={report.open}
          report={report}
          times={["Raised", "First told"]}
          timesOf={({ firstRaisedAt, notifiedAt }) => [firstRaisedAt, notifiedAt]}
        />
      )}
      {more > 0 ? (
        <p className="mt-2 text-soft">The oldest are shown, {plural(more, "more is", "more are")} open.</p>
      ) : null}
    </section>
  );
}

export function ResolvedAlerts({ report }: { report: AlertsReport }) {
  const { resolved } = report;
  if (resolved.length === 0) return null;
  return (
    <section aria-labelledby="resolved-alerts">
      <h2 id="resolved-alerts" className="mb-2">
        Resolved lately
      </h2>
      <AlertTable
        alerts={resolved}
        report={report}
        times={["Raised", "Resolved"]}
        timesOf={({ firstRaisedAt, resolvedAt }) => [firstRaisedAt, resolvedAt]}
      />
    </section>
  );
}
