"use client";
/** What was decided to go: what later events show done, what is to do, what is exempt. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import type { ItemState, ReviewReport, ReviewTask } from "../../lib/reviews/contract.ts";
import { useMay } from "../data/permissions.ts";
import { count } from "../format/number.ts";
import { duration } from "../format/time.ts";
import { itemsHref, REVIEWS_KEY, reviewKey, reviewPath, tasksQuery } from "../reviews/review-query.ts";
import { ITEM_STATE_WORDS } from "../reviews/words.ts";
import { Switch } from "../ui/filters.tsx";
import { Problem } from "../ui/problem.tsx";
import { useRowsShown } from "../ui/rows-shown.tsx";
import { State } from "../ui/state-mark.tsx";
import { Moment } from "../ui/when.tsx";
import { Exempt } from "./exempt.tsx";
import { HandOff } from "./hand-off.tsx";
import { todoWords, WAY_WORDS } from "./words.ts";

const STATES: readonly ItemState[] = ["to-do", "exempt", "verified"];

interface RowsProps {
  review: string;
  tasks: readonly ReviewTask[];
  /** Null for whoever can't hand anything off. */
  selected: ReadonlySet<string> | null;
  onSelect: (items: Iterable<string>) => void;
  onExempt: (task: ReviewTask) => void;
}

function Rows({ review, tasks, selected, onSelect, onExempt }: RowsProps) {
  const { shown, more } = useRowsShown(tasks);
  const all = tasks.every(({ item }) => selected?.has(item));
  const toggle = (item: string) => {
    const next = new Set(selected);
    if (!next.delete(item)) next.add(item);
    onSelect(next);
  };
  return (
    <>
      <div className="relative overflow-x-auto">
        <table className="table">
          <thead>
            <tr>
              {selected === null ? null : (
                <th scope="col">
                  <input
                    type="checkbox"
                    aria-label="Select all tasks"
                    checked={all}
                    onChange={() => onSelect(all ? [] : tasks.map(({ item }) => item))}
                  />
                </th>
              )}
              <th scope="col">What</th>
              <th scope="col">Account</th>
              <th scope="col">Application</th>
              <th scope="col">Person</th>
              <th scope="col">Decided</th>
              <th scope="col">Reason</th>
              <th scope="col">State</th>
              <th scope="col">Handed off</th>
              {selected === null ? null : (
                <th scope="col">
                  <span className="sr-only">Acts</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {shown.map((task) => (
              <tr key={task.item}>
                {selected === null ? null : (
                  <td>
                    <input
                      type="checkbox"
                      aria-label={`Select ${task.userName ?? task.account}, ${task.application}`}
                      checked={selected.has(task.item)}
                      onChange={() => toggle(task.item)}
                    />
                  </td>
                )}
                <td className="min-w-28">{todoWords(task)}</td>
                <th scope="row" className="[overflow-wrap:anywhere]" title={task.account}>
                  <Link href={itemsHref(review, { item: task.item })} prefetch={false} className="link">
                    {task.userName ?? task.account}
                  </Link>
                </th>
                <td>{task.application}</td>
                <td>{task.person ?? <span className="text-soft">nobody known</span>}</td>
                <td>
                  {task.decidedBy}
                  <span className="block text-xs text-soft">
                    <Moment at={task.decidedAt} />
                  </span>
                </td>
                <td className="max-w-60 [overflow-wrap:anywhere]">{task.reason}</td>
                <td className="whitespace-nowrap">
                  <State {...ITEM_STATE_WORDS[task.state]} />
                  {task.state === "to-do" ? (
                    <span className="block text-xs text-soft">for {duration(task.age)}</span>
                  ) : null}
                </td>
                <td>
                  {task.handedOff.length === 0 ? (
                    <span className="text-soft">–</span>
                  ) : (
                    task.handedOff.map((way) => WAY_WORDS[way] ?? way).join(", ")
                  )}
                </td>
                {selected === null ? null : (
                  <td>
                    {task.state === "to-do" ? (
                      <button type="button" className="button" onClick={() => onExempt(task)}>
                        Exempt …
                      </button>
                    ) : null}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {more}
    </>
  );
}

export function Tasks({
  report,
  initial,
  made,
}: {
  report: ReviewReport;
  /** As they were when the page was made. */
  initial: readonly ReviewTask[];
  made: number;
}) {
  const { review, counts } = report;
  const client = useQueryClient();
  const runs = useMay("run-reviews");
  const query = useQuery({
    ...tasksQuery(review),
    initialData: { tasks: [...initial] },
    initialDataUpdatedAt: made,
  });
  const asked = useSearchParams().get("tasks");
  const state = STATES.find((one) => one === asked) ?? "to-do";
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [handing, setHanding] = useState(false);
  const [exempting, setExempting] = useState<ReviewTask | null>(null);
  const tasks = query.data.tasks.filter((task) => task.state === state);
  const selected = new Set(tasks.map(({ item }) => item).filter((item) => chosen.has(item)));
  const handed = selected.size === 0 ? tasks : tasks.filter(({ item }) => selected.has(item));
  const again = () => {
    for (const queryKey of [reviewKey(review), REVIEWS_KEY]) void client.invalidateQueries({ queryKey });
  };
  const whole = counts["to-do"] + counts.exempt + counts.verified;
  if (whole === 0) return <p>Nothing was decided to go or to change.</p>;
  return (
    <>
      <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-2 print:hidden">
        <Switch
          name="tasks"
          label="Tasks"
          now={state}
          stay
          choices={STATES.map((value) => ({
            value,
            label: `${ITEM_STATE_WORDS[value].word} ${count(counts[value])}`,
          }))}
        />
        {runs && state === "to-do" && tasks.length > 0 ? (
          <button type="button" className="button" onClick={() => setHanding(true)}>
            Hand off {selected.size === 0 ? "all" : count(selected.size)} …
          </button>
        ) : null}
        <a className="button" href={`${reviewPath(review)}/tasks?format=csv`} download>
          Download CSV
        </a>
      </div>
      {query.error === null ? null : (
        <Problem error={query.error} retry={() => void query.refetch()} since={query.dataUpdatedAt} />
      )}
      {tasks.length === 0 ? (
        <p className="py-2">Nothing is {ITEM_STATE_WORDS[state].word.toLowerCase()} here.</p>
      ) : (
        <Rows
          review={review}
          tasks={tasks}
          selected={runs && state === "to-do" ? selected : null}
          onSelect={(items) => setChosen(new Set(items))}
          onExempt={setExempting}
        />
      )}
      {handing ? (
        <HandOff review={review} tasks={handed} onDone={again} onClose={() => setHanding(false)} />
      ) : null}
      {exempting === null ? null : (
        <Exempt review={review} task={exempting} onDone={again} onClose={() => setExempting(null)} />
      )}
    </>
  );
}
