"use client";
/** Whom a failure group concerns. */
import type { FailureItem } from "../../lib/reports/contract.ts";
import { count } from "../format/number.ts";
import { PersonLink } from "../ui/person-link.tsx";
import { useRowsShown } from "../ui/rows-shown.tsx";
import { State } from "../ui/state-mark.tsx";
import { TableFrame } from "../ui/table-frame.tsx";
import { Ago } from "../ui/when.tsx";

const nameOf = (item: FailureItem): string => item.userName ?? item.account ?? "The connection itself";

interface Props {
  /** The first of those affected. */
  items: readonly FailureItem[];
  affected: number;
  /** Has all of them come. */
  fetchAll: () => void;
  asOf: string;
}

export function StoryItems({ items, affected, fetchAll, asOf }: Props) {
  const { shown, more } = useRowsShown(items, { of: affected, fetch: fetchAll });
  // Without anybody known there is no link in it by which keys would get there.
  const linked = shown.some(({ subject }) => subject !== null);
  return (
    <div>
      <TableFrame
        heads={["Affected", { head: "Attempts", number: true }, "Last failed", "State"]}
        {...(linked ? {} : { scrolling: "Affected" })}
      >
        {shown.map((item) => (
          <tr key={`${item.subject} ${item.account} ${item.userName}`}>
            <th scope="row" className="[overflow-wrap:anywhere]">
              <PersonLink subject={item.subject} name={nameOf(item)} />
            </th>
            <td className="number">{count(item.attempts)}</td>
            <td>
              <Ago at={item.lastSeen} asOf={asOf} />
            </td>
            <td>
              {item.resolvedAt === null ? (
                <State tone="bad" word="Open" />
              ) : (
                <span className="flex items-baseline gap-1.5">
                  <State tone="good" word="Resolved" /> <Ago at={item.resolvedAt} asOf={asOf} />
                </span>
              )}
            </td>
          </tr>
        ))}
      </TableFrame>
      {more}
    </div>
  );
}
