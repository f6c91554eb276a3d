"use client";
/** Everything that happened to one person, newest first; each line opens its raw record. */
import { useSearchParams } from "next/navigation";
import type { IdentityReport, TimelineEvent } from "../../lib/reports/contract.ts";
import { count, plural } from "../format/number.ts";
import { day, utc } from "../format/time.ts";
import { OUTCOME_WORDS, plain } from "../format/words.ts";
import { ROWS } from "../ui/filter-link.tsx";
import { ApplicationFilter } from "../ui/filters.tsx";
import { useRowsShown } from "../ui/rows-shown.tsx";
import { StateMark } from "../ui/state-mark.tsx";
import { useListKeys } from "../ui/use-list-keys.ts";

function Line({
  event,
  newDay,
  onOpen,
}: {
  event: TimelineEvent;
  newDay: boolean;
  onOpen: (id: string) => void;
}) {
  const { word, tone } = OUTCOME_WORDS[event.outcome];
  return (
    <tr>
      <td className="whitespace-nowrap">{newDay ? day(event.at) : null}</td>
      <td>
        <time dateTime={event.at} title={utc(event.at)} className="text-soft">
          {event.at.slice(11, 19)}
        </time>
      </td>
      <th scope="row" className="min-w-56">
        <span className="flex items-baseline gap-1.5">
          <StateMark tone={tone} size={9} />
          <span className="sr-only">{word}: </span>
          <button type="button" data-item="" className="link text-left" onClick={() => onOpen(event.id)}>
            {event.summary}
          </button>
        </span>
        {event.error?.message ? <q className="quote mt-1 block">{event.error.message}</q> : null}
      </th>
      <td className="text-soft">{plain(event.layer)}</td>
      <td className="max-w-56 truncate text-soft" title={event.actor ?? undefined}>
        {event.actor}
      </td>
      <td className="text-soft">{event.source}</td>
    </tr>
  );
}

function Lines({ events, onOpen }: { events: readonly TimelineEvent[]; onOpen: (id: string) => void }) {
  const { shown, more } = useRowsShown(events);
  const list = useListKeys<HTMLDivElement>();
  return (
    <>
      <div ref={list} className="overflow-x-auto">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col">UTC</th>
              <th scope="col">What happened</th>
              <th scope="col">Witness</th>
              <th scope="col">Done by</th>
              <th scope="col">Source</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((event, i) => (
              <Line
                key={event.id}
                event={event}
                newDay={shown[i - 1]?.at.slice(0, 10) !== event.at.slice(0, 10)}
                onOpen={onOpen}
              />
            ))}
          </tbody>
        </table>
      </div>
      {more}
    </>
  );
}

export function Timeline({
  report,
  onOpen,
}: {
  report: IdentityReport;
  /** Shows the record of an event. */
  onOpen: (id: string) => void;
}) {
  const application = useSearchParams().get("application");
  const named = report.events.flatMap((event) => event.application ?? []);
  const events = report.events.filter((event) => application === null || event.application === application);
  const cut = report.totalEvents > report.events.length;
  return (
    <section>
      <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2 id={ROWS}>{plural(events.length, "event")}</h2>
        {cut ? <p className="text-sm text-soft">the newest of {count(report.totalEvents)}</p> : null}
        <ApplicationFilter applications={[...new Set(named)].sort()} />
      </div>
      <Lines key={application} events={events} onOpen={onOpen} />
    </section>
  );
}
