/** The coverage map to read: applications down, capabilities across, each state by its word, shape and colour. */
import type { CoverageReport } from "../../lib/reports/contract.ts";
import { count } from "../format/number.ts";
import { CAPABILITIES, CAPABILITY_WORDS, COVERAGE_STATES, COVERAGE_WORDS } from "../format/words.ts";
import { State } from "../ui/state-mark.tsx";
import { TableFrame } from "../ui/table-frame.tsx";
import { Ago } from "../ui/when.tsx";

/** What the words mean, and how many cells have each. */
function Legend({ cells }: CoverageReport["summary"]) {
  return (
    <dl className="mb-3 flex flex-wrap gap-x-5 gap-y-1 text-sm">
      {COVERAGE_STATES.map((state) => (
        <div key={state} className="flex items-center gap-1.5">
          <dt className="inline-flex items-center gap-1">
            <State {...COVERAGE_WORDS[state]} /> {count(cells[state])}:
          </dt>
          <dd className="text-soft">{COVERAGE_WORDS[state].means}</dd>
        </div>
      ))}
    </dl>
  );
}

export function CoverageTable({ report }: { report: CoverageReport }) {
  if (report.rows.length === 0) return null;
  return (
    <>
      <Legend {...report.summary} />
      <TableFrame
        scrolling="Coverage map"
        heads={[
          "Application",
          ...CAPABILITIES.map((capability) => CAPABILITY_WORDS[capability].word),
          { head: "Active accounts", number: true },
          { head: "People", number: true },
        ]}
      >
        {report.rows.map((row) => (
          <tr key={row.application}>
            <th scope="row" className="min-w-32 [overflow-wrap:anywhere]">
              {row.application}
            </th>
            {CAPABILITIES.map((capability) => {
              const cell = row.cells[capability];
              return (
                <td key={capability} title={cell.why} className="whitespace-nowrap">
                  <State {...COVERAGE_WORDS[cell.state]} />
                  {cell.lastEventAt === null ? null : (
                    <span className="ml-1.5 text-xs text-soft">
                      <Ago at={cell.lastEventAt} asOf={report.asOf} />
                    </span>
                  )}
                </td>
              );
            })}
            <td className="number">{count(row.accounts)}</td>
            <td className="number">{count(row.people)}</td>
          </tr>
        ))}
      </TableFrame>
      <p className="mt-2 text-sm text-soft">
        Counted over the last {report.window.days} days; beside each state the age of the newest event that
        shows it.
      </p>
    </>
  );
}
