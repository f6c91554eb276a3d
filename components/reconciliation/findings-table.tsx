/** Findings of one application. */
import type { ReconciliationRow } from "../../lib/reports/contract.ts";
import { DIFFERENCE_WORDS } from "../format/words.ts";
import { EventLink } from "../ui/event-link.tsx";
import { PersonLink } from "../ui/person-link.tsx";
import { State } from "../ui/state-mark.tsx";
import { TableFrame } from "../ui/table-frame.tsx";
import { Ago } from "../ui/when.tsx";

export function FindingsTable({ rows, asOf }: { rows: readonly ReconciliationRow[]; asOf: string }) {
  return (
    <TableFrame
      scrolling="Findings"
      heads={["Account", "Finding", "What", "Should be", "Is", "Since", "Owner"]}
    >
      {rows.map((row) => (
        <tr key={row.id}>
          <th scope="row">
            <PersonLink subject={row.subject} name={row.userName ?? row.account} />
          </th>
          <td title={DIFFERENCE_WORDS[row.kind].means}>
            <State {...DIFFERENCE_WORDS[row.kind]} />
          </td>
          <td>{row.what ?? <span className="text-soft">the account</span>}</td>
          <td>
            <EventLink id={row.expectedEventId}>{row.expected}</EventLink>
          </td>
          <td>
            <EventLink id={row.foundEventId}>{row.found}</EventLink>
          </td>
          <td>
            <Ago at={row.openedAt} asOf={asOf} />
          </td>
          <td>{row.owner ?? <span className="text-soft">–</span>}</td>
        </tr>
      ))}
    </TableFrame>
  );
}
