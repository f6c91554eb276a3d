"use client";
/** Who did what with an item, the newest first. */
import type { ItemAct } from "../../lib/reviews/contract.ts";
import { useMay } from "../data/permissions.ts";
import { duration } from "../format/time.ts";
import { plain } from "../format/words.ts";
import { items, saidWords } from "../reviews/words.ts";
import { EventLink } from "../ui/event-link.tsx";
import { Ago } from "../ui/when.tsx";

const VERBS: Record<string, string> = {
  opened: "opened it",
  withdrawn: "took the decision back",
  delegated: "gave it to another",
  exempted: "exempted it",
  "handed-off": "handed it off",
  verified: "shows that it was done",
};

function words({ verb, decision, reason }: ItemAct): string {
  if (decision !== null) return `decided: ${saidWords(decision, reason)}`;
  const word = Object.hasOwn(VERBS, verb) ? VERBS[verb] : plain(verb);
  return reason === null ? `${word}` : `${word}: “${reason}”`;
}

/** How it was looked at before. */
function how({ decision, seconds, bulk }: ItemAct): string | null {
  if (decision === null) return null;
  const parts = [
    seconds === null ? "without opening it" : `after ${duration(seconds)}`,
    bulk > 1 ? `${items(bulk)} at once` : null,
  ];
  return parts.filter((part) => part !== null).join(", ");
}

export function ItemActs({ acts, asOf }: { acts: readonly ItemAct[]; asOf: string }) {
  const reads = useMay("read");
  if (acts.length === 0) return <p className="text-sm text-soft">Nobody has done anything with it.</p>;
  return (
    <ol className="space-y-2 text-sm">
      {[...acts].reverse().map((act) => (
        <li key={`${act.at} ${act.verb} ${act.by} ${act.eventId}`}>
          <span className="font-medium">{act.by}</span>{" "}
          <EventLink id={reads ? act.eventId : null}>{words(act)}</EventLink>{" "}
          <span className="text-soft">
            <Ago at={act.at} asOf={asOf > act.at ? asOf : act.at} />
            {how(act) === null ? null : ` (${how(act)})`}
          </span>
        </li>
      ))}
    </ol>
  );
}
