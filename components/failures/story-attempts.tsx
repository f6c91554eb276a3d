"use client";
/** Each attempt in time with its outcome; each line opens the raw record behind it. */
import type { FailureStory } from "../../lib/reports/contract.ts";
import { count, plural } from "../format/number.ts";
import { OUTCOME_WORDS } from "../format/words.ts";
import { PersonLink } from "../ui/person-link.tsx";
import { useRowsShown } from "../ui/rows-shown.tsx";
import { StateMark } from "../ui/state-mark.tsx";
import { TableFrame } from "../ui/table-frame.tsx";
import { Moment } from "../ui/when.tsx";

export function StoryAttempts({ story, onEvent }: { story: FailureStory; onEvent: (id: string) => void }) {
  const { attempts, told, row } = story;
  const { shown, more } = useRowsShown(attempts);
  return (
    <>
      {told < row.affected ? (
        <p className="mb-2 text-sm text-soft">
          Of {plural(told, "account")} of {count(row.affected)}: the open ones first, then those that failed
          last.
        </p>
      ) : null}
      <TableFrame heads={["When", "What was tried", "For whom"]}>
        {shown.map((attempt) => {
          const { word, tone } = OUTCOME_WORDS[attempt.outcome];
          return (
            <tr key={attempt.id}>
              <td>
                <Moment at={attempt.at} />
              </td>
              <th scope="row">
                <span className="flex items-baseline gap-1.5">
                  <StateMark tone={tone} size={9} />
                  <span className="sr-only">{word}: </span>
                  <button type="button" className="link text-left" onClick={() => onEvent(attempt.id)}>
                    {attempt.summary}
                  </button>
                </span>
              </th>
              <td className="[overflow-wrap:anywhere]">
                <PersonLink subject={attempt.subject} name={attempt.name} />
              </td>
            </tr>
          );
        })}
      </TableFrame>
      {more}
    </>
  );
}
