"use client";
/** One cause: the vendor's words, the remedy beneath, and everybody it concerns. */
import type { FailureItem, FailureRow } from "../../lib/reports/contract.ts";
import { count, plural } from "../format/number.ts";
import { duration } from "../format/time.ts";
import { capital, FAILURE_STATE_WORDS, plain } from "../format/words.ts";
import { Facts } from "../ui/facts.tsx";
import { PersonLink } from "../ui/person-link.tsx";
import { useRowsShown } from "../ui/rows-shown.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { State } from "../ui/state-mark.tsx";
import { Ago } from "../ui/when.tsx";
import { whatOf } from "./choose.ts";

const nameOf = (item: FailureItem): string => item.userName ?? item.account ?? "The connection itself";

function Items({ items, asOf }: { items: readonly FailureItem[]; asOf: string }) {
  const { shown, more } = useRowsShown(items);
  return (
    <div className="overflow-x-auto">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Affected</th>
            <th scope="col" className="number">
              Attempts
            </th>
            <th scope="col">Last failed</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
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
        </tbody>
      </table>
      {more}
    </div>
  );
}

export function FailurePanel({ row, asOf, onClose }: { row: FailureRow; asOf: string; onClose: () => void }) {
  return (
    <SidePanel title={`${whatOf(row)} fails, ${plain(row.errorClass)}`} onClose={onClose}>
      <div className="space-y-5">
        <section>
          <blockquote className="quote">{row.message ?? "The records give no message."}</blockquote>
          <p className="mt-3">
            <span className="font-medium">What helps: </span>
            {row.remedy}
          </p>
          {row.advice === null ? null : (
            <p className="mt-2 text-sm text-soft">
              The source advises: <q>{row.advice}</q>
            </p>
          )}
        </section>
        <Facts
          rows={[
            ["State", <State key="state" {...FAILURE_STATE_WORDS[row.state]} />],
            ["Cause", `${capital(row.errorClass)}${row.errorCode === null ? "" : `, ${row.errorCode}`}`],
            ["HTTP status", row.httpStatus ?? "–"],
            ["Affected", `${count(row.affected)}, ${count(row.open)} still open`],
            ["Attempts", plural(row.attempts, "failure")],
            ["First seen", <Ago key="first" at={row.firstSeen} asOf={asOf} />],
            ["Last seen", <Ago key="last" at={row.lastSeen} asOf={asOf} />],
            ["Open for", row.age === null ? "–" : duration(row.age)],
          ]}
        />
        <Items key={row.id} items={row.items} asOf={asOf} />
      </div>
    </SidePanel>
  );
}
