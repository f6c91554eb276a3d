"use client";
/** How each reviewer worked, so that nobody has to take their word. */
import type { ReviewerFigures } from "../../lib/reviews/contract.ts";
import { count, percent } from "../format/number.ts";
import { duration } from "../format/time.ts";
import { Scrolling } from "../ui/scrolling.tsx";
import { State } from "../ui/state-mark.tsx";
import { remarksOf } from "./guards.ts";

/** A figure, with a mark and a word where it looks like a rubber stamp. */
function Told({ value, remark }: { value: string; remark: string | null }) {
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      {value}
      {remark === null ? null : <State tone="risk" word={remark} />}
    </span>
  );
}

export function GuardsTable({ reviewers }: { reviewers: readonly ReviewerFigures[] }) {
  return (
    <Scrolling label="Reviewers">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Reviewer</th>
            <th scope="col">Decided</th>
            <th scope="col">Time an item</th>
            <th scope="col">At once with others</th>
            <th scope="col">Never opened</th>
            <th scope="col" className="number">
              Kept though flagged
            </th>
            <th scope="col" className="number">
              Own access, routed away
            </th>
            <th scope="col">Second decisions that differ</th>
            <th scope="col">Gave items to</th>
          </tr>
        </thead>
        <tbody>
          {reviewers.map((figures) => {
            const remarks = remarksOf(figures);
            const { medianSeconds, bulkShare, neverOpened, decided, disputed, second } = figures;
            return (
              <tr key={figures.member}>
                <th scope="row" className="[overflow-wrap:anywhere]">
                  {figures.name}
                </th>
                <td className="whitespace-nowrap">
                  {count(decided)}
                  {figures.open === 0 ? null : (
                    <span className="text-soft">
                      , {count(figures.open)} of {count(figures.items)} open
                    </span>
                  )}
                </td>
                <td>
                  <Told
                    value={medianSeconds === null ? "–" : `half under ${duration(medianSeconds)}`}
                    remark={remarks.seconds}
                  />
                </td>
                <td>
                  <Told value={decided === 0 ? "–" : percent(bulkShare, 1)} remark={remarks.bulk} />
                </td>
                <td>
                  <Told
                    value={decided === 0 ? "–" : `${count(neverOpened)} of ${count(decided)}`}
                    remark={remarks.opened}
                  />
                </td>
                <td className="number">{count(figures.keptFlagged)}</td>
                <td className="number">{count(figures.ownRouted)}</td>
                <td>
                  <Told
                    value={second === 0 ? "–" : `${count(disputed)} of ${count(second)}`}
                    remark={remarks.disputed}
                  />
                </td>
                <td className="[overflow-wrap:anywhere]">
                  {figures.delegatedTo.length === 0 ? (
                    <span className="text-soft">–</span>
                  ) : (
                    figures.delegatedTo.join(", ")
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scrolling>
  );
}
