"use client";
/** Does it come true? One review: how far it is, how its reviewers work, and what was revoked. */
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import type { ReviewReport, ReviewTask } from "../../lib/reviews/contract.ts";
import { useMay } from "../data/permissions.ts";
import { count, plural } from "../format/number.ts";
import { duration } from "../format/time.ts";
import { QueryFrame } from "../reviews/query-frame.tsx";
import { ReviewProgress } from "../reviews/review-progress.tsx";
import { itemsHref, reviewQuery } from "../reviews/review-query.ts";
import { dueWords, items, RULE_WORDS, reviewState, revokeWords } from "../reviews/words.ts";
import { Answer } from "../ui/answer.tsx";
import { Facts } from "../ui/facts.tsx";
import { FilterLink } from "../ui/filter-link.tsx";
import { State } from "../ui/state-mark.tsx";
import { Ago, Moment } from "../ui/when.tsx";
import { Finish } from "./finish.tsx";
import { isSuspect } from "./guards.ts";
import { GuardsTable } from "./guards-table.tsx";
import { ReviewPack } from "./pack.tsx";
import { PopulationFacts } from "./population.tsx";
import { Recurrence } from "./recurrence.tsx";
import { Tasks } from "./tasks.tsx";

function ItemsLink({
  report,
  state,
  children,
}: {
  report: ReviewReport;
  state: string | null;
  children: string;
}) {
  return (
    <Link
      href={itemsHref(report.review, state === null ? {} : { "f.state": state })}
      prefetch={false}
      className="figure"
    >
      {children}
    </Link>
  );
}

function Sentence({ report, now }: { report: ReviewReport; now: string }) {
  const { counts, state, dueAt, oldestToDo } = report;
  const todo = counts["to-do"];
  const suspects = report.reviewers.filter(isSuspect).length;
  return (
    <>
      <ItemsLink report={report} state="open">
        {count(counts.open)}
      </ItemsLink>{" "}
      of{" "}
      <ItemsLink report={report} state={null}>
        {items(counts.items)}
      </ItemsLink>{" "}
      {counts.open === 1 ? "is" : "are"} open
      {state === "running" ? `, ${dueWords(dueAt, now)}` : `; the review is ${state}`};{" "}
      {todo === 0 ? (
        revokeWords(report) === null ? (
          "nothing is revoked"
        ) : (
          "nothing is left to do"
        )
      ) : (
        <>
          <FilterLink set={{ tasks: "to-do" }} stay>
            {plural(todo, "revoke")}
          </FilterLink>{" "}
          {todo === 1 ? "is" : "are"} not shown done
          {oldestToDo === null ? "" : `, the oldest for ${duration(oldestToDo)}`}
        </>
      )}
      {suspects === 0
        ? "."
        : `; ${plural(suspects, "reviewer's decisions look", "reviewers' decisions look")} like rubber stamps.`}
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mb-8">
      <h2 className="mb-2">{title}</h2>
      {children}
    </section>
  );
}

function HowFar({ report, now, runs }: { report: ReviewReport; now: string; runs: boolean }) {
  const { counts, mine, review } = report;
  return (
    <div className="mb-6 flex flex-wrap items-start gap-x-12 gap-y-4">
      <Facts
        rows={[
          ["State", <State key="state" {...reviewState(report)} />],
          ["Decided", <ReviewProgress key="progress" open={counts.open} items={counts.items} />],
          ["Due", <Moment key="due" at={report.dueAt} />],
          ["Flagged", count(counts.flagged)],
          ["Disputed", count(counts.disputed)],
          ["Nobody can say", count(counts["cant-say"])],
        ]}
      />
      <Facts
        rows={[
          [
            "Reviewers",
            report.rules
              .map((rule) => RULE_WORDS[rule].word)
              .join(", then ")
              .replaceAll("then The", "then the"),
          ],
          ["Fallback", report.fallback.name],
          ["Second reviewer", report.secondShare === 0 ? "none" : `of ${report.secondShare} %`],
          ["Again", <Recurrence key="again" report={report} runs={runs} />],
          ["Next", report.nextAt === null ? "–" : <Ago key="next" at={report.nextAt} asOf={now} />],
        ]}
      />
      {mine.items === 0 ? null : (
        <Link
          href={itemsHref(review, mine.open > 0 ? { "f.state": "open" } : {})}
          prefetch={false}
          className={mine.open > 0 && report.state === "running" ? "button button-main" : "button"}
        >
          {mine.open > 0 && report.state === "running"
            ? `Decide your ${items(mine.open)}`
            : `Your ${items(mine.items)}`}
        </Link>
      )}
    </div>
  );
}

export function ReviewPage({
  initial,
  tasks,
  now: made,
}: {
  initial: ReviewReport;
  tasks: readonly ReviewTask[];
  now: number;
}) {
  const query = useQuery({
    ...reviewQuery(initial.review),
    initialData: initial,
    initialDataUpdatedAt: made,
  });
  const runs = useMay("run-reviews");
  const evidence = useMay("evidence");
  const now = new Date(Math.max(query.dataUpdatedAt, made)).toISOString();
  return (
    <QueryFrame query={query}>
      {(report) => (
        <>
          <Answer title={`Review: ${report.name}`}>
            <Sentence report={report} now={now} />
          </Answer>
          <HowFar report={report} now={now} runs={runs} />
          <Part title="Revokes and changes">
            <Tasks report={report} initial={tasks} made={made} />
          </Part>
          <Part title="How it was reviewed">
            {report.reviewers.length === 0 ? (
              <p>Nobody has items here.</p>
            ) : (
              <GuardsTable reviewers={report.reviewers} />
            )}
          </Part>
          <Part title="What is reviewed">
            <PopulationFacts report={report} />
            {evidence ? <ReviewPack review={report.review} /> : null}
          </Part>
          <Part title="What happened">
            <ol className="space-y-1 text-sm">
              {report.acts.map((act) => (
                <li key={`${act.at} ${act.by} ${act.words}`} className="[overflow-wrap:anywhere]">
                  <span className="text-soft">
                    <Moment at={act.at} />
                  </span>{" "}
                  <span className="font-medium">{act.by}</span> {act.words}
                </li>
              ))}
            </ol>
          </Part>
          {runs ? (
            <Part title="End and close">
              <Finish report={report} />
            </Part>
          ) : null}
        </>
      )}
    </QueryFrame>
  );
}
