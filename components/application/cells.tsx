/** The four capabilities of the application, each with what proves it. */
import type { ApplicationReport } from "../../lib/reports/contract.ts";
import { count } from "../format/number.ts";
import { CAPABILITIES, CAPABILITY_WORDS, COVERAGE_WORDS } from "../format/words.ts";
import { EventLink } from "../ui/event-link.tsx";
import { State } from "../ui/state-mark.tsx";
import { Ago } from "../ui/when.tsx";

export function Cells({ report }: { report: ApplicationReport }) {
  const { coverage, asOf, window } = report;
  if (coverage === null) return <p>Records name it only beside credentials: nothing is provisioned there.</p>;
  return (
    <div className="overflow-x-auto">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Capability</th>
            <th scope="col">State</th>
            <th scope="col">Why</th>
            <th scope="col" className="number">
              Carried in {window.days} days
            </th>
            <th scope="col" className="number">
              Failed
            </th>
            <th scope="col" className="number">
              By hand
            </th>
            <th scope="col">Newest proof</th>
          </tr>
        </thead>
        <tbody>
          {CAPABILITIES.map((capability) => {
            const cell = coverage.cells[capability];
            const { word, tone } = COVERAGE_WORDS[cell.state];
            return (
              <tr key={capability}>
                <th scope="row" title={CAPABILITY_WORDS[capability].means}>
                  {CAPABILITY_WORDS[capability].word}
                </th>
                <td>
                  <State tone={tone} word={word} />
                </td>
                <td className="min-w-56">{cell.why}</td>
                <td className="number">{count(cell.successes)}</td>
                <td className="number">{count(cell.failures)}</td>
                <td className="number">{count(cell.manual)}</td>
                <td>
                  <EventLink id={cell.lastEventId}>
                    <Ago at={cell.lastEventAt} asOf={asOf} />
                  </EventLink>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
