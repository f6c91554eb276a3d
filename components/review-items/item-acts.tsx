"use client";
/** Who did what with an item, the newest first. */
import type { ItemAct } from "../../lib/reviews/contract.ts";
import { useMay } from "../data/permissions.ts";
import { duration } from "../format/time.ts";
import { plain } from "../format/words.ts";
import { items, saidWords } from "../reviews/words.ts";
import { EventLink } from "../ui/event-link.tsx";
import { Ago } from "../ui/when.tsx";

function words({ verb, decision, reason }: ItemAct): string {
  if (decision !== null)
    return `${verb === "second-decided" ? "decided second" : "decided"}: ${saidWords(decision, reason)}`;
  switch (verb) {
    case "looked":
      return "opened it";
    case "decided":
    case "second-decided":
      return "took the decision back";
    case "given":
      return `gave it to ${reason ?? "another"}`;
    case "exempted":
      return `exempted it: ${reason ?? ""}`;
    case "handed-off":
      return `handed it off, ${reason ?? ""}`;
    default:
      return plain(verb);
  }
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
