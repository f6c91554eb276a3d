/** What a shared page rests on: the sources, the time of which they tell, and what is missing. */
import type { CompletenessRow } from "../../lib/reports/contract.ts";
import { count } from "../format/number.ts";
import { GapText } from "../ui/gap-text.tsx";
import { State, StateMark } from "../ui/state-mark.tsx";
import { TableFrame } from "../ui/table-frame.tsx";
import { Moment } from "../ui/when.tsx";

function Gaps({ gaps }: Pick<CompletenessRow, "gaps">) {
  if (gaps.length === 0) return <State tone="good" word="none found" />;
  return (
    <ul>
      {gaps.map((gap) => (
        <li key={`${gap.kind} ${gap.from}`} title={gap.why} className="min-w-56">
          <span className="mr-1.5 inline-block">
            <StateMark tone="risk" />
          </span>
          <GapText gap={gap} />
        </li>
      ))}
    </ul>
  );
}

export function RestsOn({ rows }: { rows: readonly CompletenessRow[] }) {
  if (rows.length === 0) return null;
  return (
    <TableFrame
      scrolling="Sources"
      heads={[
        "Source",
        "Format",
        "Events from",
        "up to",
        { head: "Records", number: true },
        { head: "Not readable", number: true },
        "Gaps",
      ]}
    >
      {rows.map((row) => (
        <tr key={row.source}>
          <th scope="row">{row.source}</th>
          <td>{row.format}</td>
          <td>
            <Moment at={row.firstEventAt} />
          </td>
          <td>
            <Moment at={row.lastEventAt} />
          </td>
          <td className="number">{count(row.records)}</td>
          <td className={`number ${row.rejected > 0 ? "font-medium text-risk" : ""}`}>
            {count(row.rejected)}
          </td>
          <td>
            <Gaps gaps={row.gaps} />
          </td>
        </tr>
      ))}
    </TableFrame>
  );
}
