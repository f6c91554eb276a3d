"use client";
/** What fails now, and why? */
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import type { FailureState, FailuresReport } from "../../lib/reports/contract.ts";
import { type Initial, useReport } from "../data/use-report.ts";
import { plural } from "../format/number.ts";
import { Answer } from "../ui/answer.tsx";
import { FilterLink } from "../ui/filter-link.tsx";
import { ApplicationFilter, CsvLink, DayFilter, Switch } from "../ui/filters.tsx";
import { ReportFrame } from "../ui/report-frame.tsx";
import type { Desk } from "./acts.ts";
import { inState, quarantined, type StateFilter } from "./choose.ts";
import { Queue } from "./queue.tsx";
import { TicketSettings } from "./ticket-settings.tsx";

const STATES: { value: StateFilter; label: string }[] = [
  { value: "open", label: "Open" },
  { value: "acknowledged", label: "Acknowledged" },
  { value: "snoozed", label: "Snoozed" },
  { value: "resolved", label: "Resolved" },
  { value: "all", label: "All" },
];
const FILTERS: readonly StateFilter[] = [...STATES.map(({ value }) => value), "unresolved"];

const OWNERS = [
  { value: "", label: "Everybody's" },
  { value: "me", label: "Mine" },
];

/** How many of those that are not resolved somebody has decided of. */
function Decided({ report }: { report: FailuresReport }) {
  const counted = (["acknowledged", "snoozed"] satisfies FailureState[])
    .map((state) => ({ state, count: inState(report.rows, state).length }))
    .filter(({ count }) => count > 0);
  return counted.map(({ state, count }, i) => (
    <span key={state}>
      {i === 0 ? "; " : ", "}
      <FilterLink set={{ state }}>
        {count} {state}
      </FilterLink>
    </span>
  ));
}

function Sentence({ report }: { report: FailuresReport }) {
  const { open, openItems, groups } = report.summary;
  const held = quarantined(report.rows);
  if (groups === 0) return <>No provisioning has failed.</>;
  if (open === 0) {
    return (
      <>
        Nothing fails now;{" "}
        <FilterLink set={{ state: "resolved" }}>{plural(groups, "earlier cause")}</FilterLink>{" "}
        {groups === 1 ? "has" : "have"} been resolved.
      </>
    );
  }
  return (
    <>
      <FilterLink set={{ state: "unresolved" }}>{plural(open, "cause")}</FilterLink>{" "}
      {open === 1 ? "keeps" : "keep"} {plural(openItems, "account or connection", "accounts and connections")}{" "}
      from being right
      <Decided report={report} />
      {held.length === 0
        ? "."
        : `; ${held.join(", ")} ${held.length === 1 ? "is" : "are"} in quarantine: nothing reaches ${held.length === 1 ? "it" : "them"}.`}
    </>
  );
}

export function FailuresPage({ initial, desk }: { initial: Initial<"failures">; desk: Desk }) {
  const query = useReport("failures", initial, "many");
  const [tickets, setTickets] = useState(false);
  const search = useSearchParams();
  const asked = search.get("state");
  const state = FILTERS.find((value) => value === asked) ?? "open";
  return (
    <ReportFrame
      title="Failures"
      will="Here will be everything that provisioning could not do, grouped by cause."
      query={query}
    >
      {(report) => (
        <>
          <Answer title="Failures">
            <Sentence report={report} />
          </Answer>
          <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2 print:hidden">
            <Switch name="state" label="State" choices={STATES} now={state} />
            {desk.me === null ? null : <Switch name="owner" label="Owner" choices={OWNERS} />}
            <ApplicationFilter applications={initial.applications} />
            <DayFilter name="asOf" label="As of" />
            <CsvLink report="failures" />
            {desk.sets ? (
              <button type="button" className="button" onClick={() => setTickets(true)}>
                Ticket system …
              </button>
            ) : null}
          </div>
          <Queue
            report={report}
            state={state}
            // What was is not changed any more.
            desk={search.has("asOf") ? { ...desk, decides: false } : desk}
          />
          {tickets ? <TicketSettings onClose={() => setTickets(false)} /> : null}
        </>
      )}
    </ReportFrame>
  );
}
