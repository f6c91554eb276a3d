/** The four capabilities of the application, each with what proves it. */
import type { ApplicationReport } from "../../lib/reports/contract.ts";
import { count } from "../format/number.ts";
import { trialWords } from "../format/trial.ts";
import { CAPABILITIES, CAPABILITY_WORDS, COVERAGE_WORDS } from "../format/words.ts";
import { EventLink } from "../ui/event-link.tsx";
import { State } from "../ui/state-mark.tsx";
import { TableFrame } from "../ui/table-frame.tsx";
import { Ago } from "../ui/when.tsx";

export function Cells({ report }: { report: ApplicationReport }) {
  const { coverage, asOf, window } = report;
  if (coverage === null) return <p>Records name it only beside credentials: nothing is provisioned there.</p>;
  return (
    <TableFrame
      heads={[
        "Capability",
        "State",
        "Why",
        { head: `Carried in ${window.days} days`, number: true },
        { head: "Failed", number: true },
        { head: "By hand", number: true },
        "Newest proof",
        "Tried out",
      ]}
    >
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
            <td>
              {cell.trial === null ? (
                <span className="text-soft">never</span>
              ) : (
                <EventLink id={cell.trial.eventId}>{trialWords(cell.trial)}</EventLink>
              )}
            </td>
          </tr>
        );
      })}
    </TableFrame>
  );
}
