"use client";
/** One item beside the table: all that is known of it, its story, and the acts. */
import type { ReactNode } from "react";
import type { ReviewItemRow, ReviewItemStory } from "../../lib/reviews/contract.ts";
import { useMay } from "../data/permissions.ts";
import { duration } from "../format/time.ts";
import { PROVENANCE_WORDS } from "../format/words.ts";
import {
  FLAG_WORDS,
  ITEM_STATE_WORDS,
  itemName,
  KIND_WORDS,
  peerWords,
  personName,
  REVIEWER_BY_WORDS,
  SINCE_WORDS,
  saidWords,
} from "../reviews/words.ts";
import { ApplicationLink } from "../ui/application-link.tsx";
import { EventLink } from "../ui/event-link.tsx";
import { Facts } from "../ui/facts.tsx";
import { PanelPart } from "../ui/panel-part.tsx";
import { PersonLink } from "../ui/person-link.tsx";
import { Problem } from "../ui/problem.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { State } from "../ui/state-mark.tsx";
import { Ago, Moment } from "../ui/when.tsx";
import { ItemActs } from "./item-acts.tsx";
import { Granted, LastUse, Previous } from "./item-facts.tsx";

const isText = (part: string | null): part is string => part !== null;

/** What was said of it, with the reason; what the second reviewer said where it may be seen. */
function Said({ row }: { row: ReviewItemRow }) {
  if (row.decision === null) return <span className="text-soft">nobody has decided</span>;
  return (
    <>
      {saidWords(row.decision, row.reason)}
      {row.remove.length === 0 ? null : <>; to go: {row.remove.join(", ")}</>}
      <span className="block text-soft">
        {row.decidedBy} <Moment at={row.decidedAt} />
      </span>
    </>
  );
}

/** Whether it came true. */
function CameTrue({ row, asOf }: { row: ReviewItemRow; asOf: string }) {
  const reads = useMay("read");
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-2">
      <State {...ITEM_STATE_WORDS[row.state]} />
      {row.verifiedAt === null ? null : (
        <EventLink id={reads ? row.verifiedBy : null}>
          <Ago at={row.verifiedAt} asOf={asOf > row.verifiedAt ? asOf : row.verifiedAt} />
        </EventLink>
      )}
      {row.state === "to-do" && row.age !== null ? <span>for {duration(row.age)}</span> : null}
      {row.exemption === null ? null : (
        <span>
          until <Moment at={row.exemption.until} />, {row.exemption.owner}: “{row.exemption.reason}”
        </span>
      )}
    </span>
  );
}

function Grants({ row, asOf }: { row: ReviewItemRow; asOf: string }) {
  const reads = useMay("read");
  if (row.entitlements.length === 0)
    return <p className="text-sm text-soft">The records show no group or role.</p>;
  const left = new Map(row.drift.map((one) => [one.entitlement, one]));
  return (
    <ul className="space-y-1 text-sm">
      {row.entitlements.map(({ name, provenance, since, eventId }) => (
        <li key={`${name} ${eventId}`}>
          <EventLink id={reads ? eventId : null}>{name}</EventLink>{" "}
          <span className="text-soft">
            {PROVENANCE_WORDS[provenance]}, <Ago at={since} asOf={asOf} />
          </span>
          {left.has(name) ? (
            <span className="ml-2">
              <State
                tone="risk"
                word={`Drift${left.get(name)?.change ? `: ${left.get(name)?.change}` : ""}`}
              />
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function Flagged({ row }: { row: ReviewItemRow }) {
  if (row.flags.length === 0) return null;
  return (
    <ul className="space-y-1">
      {row.flags.map((flag) => (
        <li key={flag} className="flex flex-wrap items-baseline gap-x-2">
          <State tone="risk" word={FLAG_WORDS[flag].word} />
          <span className="text-sm text-soft">{FLAG_WORDS[flag].means}</span>
        </li>
      ))}
    </ul>
  );
}

interface Props {
  item: string;
  /** Undefined until it is known. */
  row: ReviewItemRow | undefined;
  story: ReviewItemStory | undefined;
  error: Error | null;
  retry: () => void;
  /** The moment that the facts are of. */
  asOf: string;
  /** The buttons of the acts. */
  buttons: ReactNode;
  onClose: () => void;
  /** What lies over it. */
  children: ReactNode;
}

function AllFacts({ row, asOf }: { row: ReviewItemRow; asOf: string }) {
  const reads = useMay("read");
  const { title, department } = row.identity;
  return (
    <Facts
      rows={[
        ["Decision", <Said key="said" row={row} />],
        ["State", <CameTrue key="true" row={row} asOf={asOf} />],
        ["Person", <PersonLink key="person" subject={reads ? row.subject : null} name={personName(row)} />],
        ["Title and department", [title, department].filter(isText).join(", ") || "unknown"],
        [
          "Application",
          reads ? <ApplicationLink key="application" name={row.application} /> : row.application,
        ],
        [KIND_WORDS[row.kind], row.account],
        ["Last use", <LastUse key="use" row={row} asOf={asOf} />],
        ["Granted", <Granted key="granted" row={row} />],
        ["Since", <Ago key="since" at={row.createdAt} asOf={asOf} />],
        ["Peers", peerWords(row) ?? "nobody of the same department and title"],
        ["Last review", <Previous key="previous" row={row} asOf={asOf} />],
        ["Against before", SINCE_WORDS[row.since]],
        ["Reviewer", `${row.reviewer.name}, ${REVIEWER_BY_WORDS[row.reviewerBy]}`],
        ["Second reviewer", row.second?.name ?? "–"],
      ]}
    />
  );
}

export function ItemPanel(props: Props) {
  const { item, row, story, error, retry, asOf, buttons, onClose, children } = props;
  return (
    <SidePanel title={row === undefined ? "Item" : `${itemName(row)}, ${row.application}`} onClose={onClose}>
      <div className="space-y-5" data-review-item={item}>
        {error === null ? null : <Problem error={error} retry={retry} since={0} />}
        {row === undefined ? null : (
          <>
            <Flagged row={row} />
            {buttons}
            <AllFacts row={row} asOf={asOf} />
            <PanelPart title="Groups and roles">
              <Grants row={row} asOf={asOf} />
            </PanelPart>
          </>
        )}
        <PanelPart title="What was done with it">
          {story === undefined ? (
            error === null && (
              <div
                role="status"
                aria-label="Fetching the story"
                className="h-24 rounded bg-sunken motion-safe:animate-pulse"
              />
            )
          ) : (
            <ItemActs acts={story.acts} asOf={new Date().toISOString()} />
          )}
        </PanelPart>
      </div>
      {children}
    </SidePanel>
  );
}
