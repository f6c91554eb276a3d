/** Who did what with a failure group, the newest first. */
import type { ReactNode } from "react";
import type { FailureAct } from "../../lib/reports/contract.ts";
import { Ago, Moment } from "../ui/when.tsx";

function words({ verb, until, owner, note }: FailureAct): ReactNode {
  switch (verb) {
    case "acknowledge":
      return "acknowledged it";
    case "reopen":
      return "opened it again";
    case "snooze":
      return until === null ? (
        "snoozed it"
      ) : (
        <>
          snoozed it until <Moment at={until} />
        </>
      );
    case "assign":
      return owner === null ? "gave it to nobody" : `assigned it to ${owner}`;
    case "note":
      return "noted";
    case "undo":
      return "took a decision back";
    case "ticket":
      return `sent it to ${note ?? "the ticket system"}`;
  }
}

export function StoryActs({ acts, asOf }: { acts: readonly FailureAct[]; asOf: string }) {
  if (acts.length === 0) return <p className="text-sm text-soft">Nobody has decided anything of it.</p>;
  return (
    <ol className="space-y-2 text-sm">
      {acts.map((act) => (
        <li key={act.decision} className={act.undone ? "text-soft line-through" : ""}>
          <span className="font-medium">{act.by}</span> {words(act)}{" "}
          <span className="text-soft">
            <Ago at={act.at} asOf={asOf > act.at ? asOf : act.at} />
          </span>
          {act.undone ? <span className="sr-only"> (taken back)</span> : null}
          {act.verb === "note" ? <blockquote className="quote mt-1">{act.note}</blockquote> : null}
        </li>
      ))}
    </ol>
  );
}
