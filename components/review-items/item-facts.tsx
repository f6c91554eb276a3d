"use client";
/** Facts of an item as cells and lines show them. */
import type { ReviewItemRow } from "../../lib/reviews/contract.ts";
import { useMay } from "../data/permissions.ts";
import { PROVENANCE_WORDS } from "../format/words.ts";
import { DECISION_WORDS, FLAG_WORDS, ITEM_STATE_WORDS, SINCE_WORDS } from "../reviews/words.ts";
import { EventLink } from "../ui/event-link.tsx";
import { State, StateMark } from "../ui/state-mark.tsx";
import { Ago } from "../ui/when.tsx";

/** Why it deserves a second look: a mark, and each reason as a word. */
export function Flags({ row }: { row: ReviewItemRow }) {
  if (row.flags.length === 0) return <span className="text-soft">none</span>;
  return (
    <span className="inline-flex items-center gap-1.5">
      <StateMark tone="risk" />
      <span className="truncate">{row.flags.map((flag) => FLAG_WORDS[flag].word).join(", ")}</span>
    </span>
  );
}

/** When it was last used; where the application tells of no sign-ins, that nobody knows. */
export function LastUse({ row, asOf }: { row: ReviewItemRow; asOf: string }) {
  if (row.lastActivityAt !== null) return <Ago at={row.lastActivityAt} asOf={asOf} />;
  return <span className="text-soft">{row.activityKnown ? "never" : "nobody knows"}</span>;
}

/** How it came to be, leading to the event that shows it whoever may read events. */
export function Granted({ row }: { row: ReviewItemRow }) {
  const reads = useMay("read");
  if (row.provenance === null) return <span className="text-soft">unknown</span>;
  return <EventLink id={reads ? row.provenanceEventId : null}>{PROVENANCE_WORDS[row.provenance]}</EventLink>;
}

/** What was said of it in the review before. */
export function Previous({ row: { previous }, asOf }: { row: ReviewItemRow; asOf: string }) {
  if (previous === null) return <span className="text-soft">not reviewed</span>;
  if (previous.decision === null) return <span className="text-soft">not decided</span>;
  return (
    <>
      {DECISION_WORDS[previous.decision].word}{" "}
      <span className="text-soft">
        <Ago at={previous.at} asOf={asOf} />
      </span>
    </>
  );
}

/** The same in short, for a narrow column: what was said, and whether it is still as it was then. */
export function Before({ row: { previous, since } }: { row: ReviewItemRow }) {
  if (previous === null) return <span className="font-medium">{SINCE_WORDS.new}</span>;
  return (
    <>
      {previous.decision === null ? "Not decided" : DECISION_WORDS[previous.decision].word}
      {since === "same" ? null : <span className="font-medium">, {SINCE_WORDS[since].toLowerCase()}</span>}
    </>
  );
}

/** What was said of it now. What the second reviewer said stands beside it, where it may be seen. */
export function Decided({ row }: { row: ReviewItemRow }) {
  const first = row.decision === null ? null : DECISION_WORDS[row.decision];
  const second = row.secondDecision === null ? null : DECISION_WORDS[row.secondDecision].word;
  if (first === null && second === null) return <span className="text-soft">open</span>;
  return (
    <span className="inline-flex items-center gap-1.5">
      {first === null ? null : <State {...first} />}
      {second === null ? null : <span className="text-soft">second: {second}</span>}
    </span>
  );
}

/** Whether what was decided came true. */
export const ItemStateOf = ({ row }: { row: ReviewItemRow }) => <State {...ITEM_STATE_WORDS[row.state]} />;

export const Since = ({ row: { since } }: { row: ReviewItemRow }) => (
  <span className={since === "same" ? "text-soft" : "font-medium"}>{SINCE_WORDS[since]}</span>
);
