"use client";
/** The applications that were looked at: when, whether whole, and how many findings they had from one reading to the next. */
import { Line, LineChart, YAxis } from "recharts";
import type { ReconciledApplication } from "../../lib/reports/contract.ts";
import { count, plural } from "../format/number.ts";
import { ApplicationLink } from "../ui/application-link.tsx";
import { State } from "../ui/state-mark.tsx";
import { TableFrame } from "../ui/table-frame.tsx";
import { Ago } from "../ui/when.tsx";

const SIZE = { width: 120, height: 28 };

function Trend({ trend }: Pick<ReconciledApplication, "trend">) {
  const [first, last] = [trend[0], trend.at(-1)];
  if (first === undefined || last === undefined || trend.length < 2)
    return <span className="text-soft">no earlier reading</span>;
  return (
    <span className="flex items-center gap-2">
      <span aria-hidden="true">
        <LineChart {...SIZE} data={trend} accessibilityLayer={false}>
          <YAxis hide domain={[0, "dataMax"]} />
          <Line
            dataKey="open"
            type="stepAfter"
            dot={false}
            isAnimationActive={false}
            stroke="var(--color-accent)"
            strokeWidth={1.5}
          />
        </LineChart>
      </span>
      <span className="text-xs text-soft">
        {count(first.open)} to {count(last.open)} in {plural(trend.length, "reading")}
      </span>
    </span>
  );
}

export function ApplicationsTable({
  applications,
  asOf,
}: {
  applications: readonly ReconciledApplication[];
  asOf: string;
}) {
  return (
    <TableFrame
      scrolling="Applications that were looked at"
      heads={[
        "Application",
        { head: "Accounts", number: true },
        { head: "Open", number: true },
        "Looked at",
        "Brought",
        "Open findings, reading by reading",
      ]}
    >
      {applications.map((row) => (
        <tr key={row.application}>
          <th scope="row">
            <ApplicationLink name={row.application} />
          </th>
          <td className="number">{row.accounts === null ? "–" : count(row.accounts)}</td>
          <td className="number">{count(row.open)}</td>
          <td>
            <Ago at={row.readAt} asOf={asOf} />{" "}
            <span className="text-soft">{row.how === "scim" ? "over SCIM" : "as an export"}</span>
          </td>
          <td className="max-w-[40ch]">
            <State tone={row.complete ? "good" : "risk"} word={row.complete ? "All accounts" : "A part"} />
            {row.why === null ? null : <span className="block text-xs text-soft">{row.why}</span>}
          </td>
          <td>
            <Trend trend={row.trend} />
          </td>
        </tr>
      ))}
    </TableFrame>
  );
}
