"use client";
/** One cause: the vendor's words, the remedy beneath, everybody it concerns, each attempt, and what people decided. */
import type { FailureRow, FailureStory } from "../../lib/reports/contract.ts";
import { count, plural } from "../format/number.ts";
import { duration } from "../format/time.ts";
import { capital, FAILURE_STATE_WORDS } from "../format/words.ts";
import { Facts } from "../ui/facts.tsx";
import { PanelPart } from "../ui/panel-part.tsx";
import { Problem } from "../ui/problem.tsx";
import { State } from "../ui/state-mark.tsx";
import { Ago, Moment } from "../ui/when.tsx";
import { ActButtons } from "./act-buttons.tsx";
import type { Desk } from "./acts.ts";
import { CopyCall } from "./copy-call.tsx";
import { StoryActs } from "./story-acts.tsx";
import { StoryAttempts } from "./story-attempts.tsx";
import { StoryItems } from "./story-items.tsx";
import type { Acts } from "./use-acts.ts";

/** The state with what else is to be known of it. */
function StateOf({ row }: { row: FailureRow }) {
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-2">
      <State {...FAILURE_STATE_WORDS[row.state]} />
      {row.until === null ? null : (
        <span>
          until <Moment at={row.until} />
        </span>
      )}
      {row.newSince === 0 ? null : <span>{count(row.newSince)} failed again since</span>}
    </span>
  );
}

const Shape = () => (
  <div
    role="status"
    aria-label="Fetching the story"
    className="h-64 rounded bg-sunken motion-safe:animate-pulse"
  />
);

interface Props {
  row: FailureRow;
  asOf: string;
  /** Undefined until it has come. */
  story: FailureStory | undefined;
  error: Error | null;
  retry: () => void;
  /** Has all come whom it affects. */
  fetchAll: () => void;
  desk: Desk;
  acts: Acts;
  onEvent: (id: string) => void;
  /** Of the headings of its parts: the next one to what stands above. */
  level?: "h2" | "h3";
}

export function Story({
  row,
  asOf,
  story,
  error,
  retry,
  fetchAll,
  desk,
  acts,
  onEvent,
  level = "h3",
}: Props) {
  return (
    <div className="space-y-5" data-story={row.id}>
      <section>
        <blockquote className="quote">{row.message ?? "The records give no message."}</blockquote>
        <p className="mt-3">
          <span className="font-medium">What helps: </span>
          {row.remedy}{" "}
          {story?.term ? (
            <a href={story.term.url} className="link" target="_blank" rel="noreferrer">
              {story.term.term}
            </a>
          ) : null}
        </p>
        {row.advice === null ? null : (
          <p className="mt-2 text-sm text-soft">
            The source advises: <q>{row.advice}</q>
          </p>
        )}
      </section>
      {desk.decides ? (
        <div className="flex flex-wrap gap-2 print:hidden">
          <ActButtons acts={acts} groups={[row.id]} desk={desk} />
        </div>
      ) : null}
      <Facts
        rows={[
          ["State", <StateOf key="state" row={row} />],
          ["Owner", row.owner ?? "Nobody"],
          ["Cause", `${capital(row.errorClass)}${row.errorCode === null ? "" : `, ${row.errorCode}`}`],
          ["HTTP status", row.httpStatus ?? "–"],
          ["Affected", `${count(row.affected)}, ${count(row.open)} still open`],
          ["Attempts", plural(row.attempts, "failure")],
          ["First seen", <Ago key="first" at={row.firstSeen} asOf={asOf} />],
          ["Last seen", <Ago key="last" at={row.lastSeen} asOf={asOf} />],
          ["Open for", row.age === null ? "–" : duration(row.age)],
        ]}
      />
      <StoryItems
        key={row.id}
        items={story?.row.items ?? row.items}
        affected={(story?.row ?? row).affected}
        fetchAll={fetchAll}
        asOf={asOf}
      />
      {error === null ? null : (
        <Problem error={error} retry={retry} since={story === undefined ? 0 : Date.parse(story.asOf)} />
      )}
      {story === undefined ? (
        error === null && <Shape />
      ) : (
        <>
          <PanelPart level={level} title="Attempts">
            <StoryAttempts key={row.id} story={story} onEvent={onEvent} />
          </PanelPart>
          <PanelPart level={level} title="Try again">
            <CopyCall retries={story.retries} />
          </PanelPart>
          <PanelPart level={level} title="Notes and decisions">
            <StoryActs acts={story.acts} asOf={story.asOf} />
          </PanelPart>
        </>
      )}
    </div>
  );
}
