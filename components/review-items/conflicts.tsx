/** What somebody else decided first: who, what and when, beside what was to be said here. */
import { DECISION_WORDS, itemName, saidWords } from "../reviews/words.ts";
import { StateMark } from "../ui/state-mark.tsx";
import { Moment } from "../ui/when.tsx";
import type { Conflict, Deciding } from "./use-decide.ts";

function Theirs({ row }: Pick<Conflict, "row">) {
  if (row.decision === null) return <>It has changed meanwhile; nobody has decided.</>;
  return (
    <>
      {row.decidedBy ?? "Somebody else"} has said {saidWords(row.decision, row.reason)}
      {row.decidedAt === null ? null : (
        <>
          , <Moment at={row.decidedAt} />
        </>
      )}
      .
    </>
  );
}

export function Conflicts({ deciding }: { deciding: Deciding }) {
  const { conflicts, insist, leave } = deciding;
  if (conflicts.length === 0) return null;
  return (
    <section
      role="alert"
      aria-label="Decided by somebody else meanwhile"
      className="mb-4 border-l-2 border-risk bg-sunken px-3 py-2"
    >
      <ul className="space-y-2">
        {conflicts.map((conflict) => {
          const { row, decision } = conflict;
          const own = decision.decision === "withdraw" ? null : decision.decision;
          return (
            <li key={row.item} className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <StateMark tone="risk" />
              <p className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                <span className="font-medium">
                  {itemName(row)}, {row.application}
                </span>
                : <Theirs row={row} /> Yours was not recorded
                {own === null ? "." : `: ${saidWords(own, decision.reason)}.`}
              </p>
              <button type="button" className="button" onClick={() => insist(conflict)}>
                {own === null ? "Take it back" : `${DECISION_WORDS[own].word} all the same`}
              </button>
              <button type="button" className="button" onClick={() => leave(conflict)}>
                Leave it
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
