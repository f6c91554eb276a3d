"use client";
/** What happened to somebody or at an application, newest first; each line opens its raw record. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import type { TimelineEvent, TimelinePart } from "../../lib/reports/contract.ts";
import { fetchJson } from "../data/api.ts";
import { usePanel } from "../data/use-address.ts";
import { count, plural } from "../format/number.ts";
import { capital, OUTCOME_WORDS, plain } from "../format/words.ts";
import { ApplicationLink } from "../ui/application-link.tsx";
import { FilterLink, ROWS } from "../ui/filter-link.tsx";
import { ApplicationFilter, DayFilter, Select } from "../ui/filters.tsx";
import { LocalPlace } from "../ui/local-moment.tsx";
import { Problem } from "../ui/problem.tsx";
import { StateMark } from "../ui/state-mark.tsx";
import { TableFrame } from "../ui/table-frame.tsx";
import { useListKeys } from "../ui/use-list-keys.ts";
import { EventPanel } from "./event-panel.tsx";

const LAYERS: readonly TimelineEvent["layer"][] = [
  "directory",
  "provisioning",
  "application",
  "access",
  "governance",
];
const OUTCOMES = Object.keys(OUTCOME_WORDS) as TimelineEvent["outcome"][];
const FILTERS = ["layer", "outcome", "application", "to"] as const;
const SKELETON = ["a", "b", "c", "d", "e", "f", "g", "h"];

/** The parts of a timeline for the filters in the address. */
function useTimeline(path: string, initial: TimelinePart) {
  const search = useSearchParams();
  const query = new URLSearchParams();
  for (const name of FILTERS) {
    const value = search.get(name);
    if (value !== null && value !== "") query.set(name, value);
  }
  const given =
    query.size === 0 ? { initialData: { pages: [initial], pageParams: [null as string | null] } } : {};
  return {
    filtered: query.size > 0,
    ...useInfiniteQuery({
      queryKey: ["timeline", path, query.toString()],
      queryFn: ({ pageParam, signal }) => {
        const asked = new URLSearchParams(query);
        if (pageParam !== null) asked.set("cursor", pageParam);
        return fetchJson<TimelinePart>(`${path}?${asked}`, { signal });
      },
      initialPageParam: null as string | null,
      getNextPageParam: (last: TimelinePart) => last.next,
      // The log is added to, not changed: what was read stays as it is.
      staleTime: Infinity,
      ...given,
    }),
  };
}

/** The next part comes by itself when the end is near; the button is for the keyboard, and tells what happens. */
function More({ busy, onMore }: { busy: boolean; onMore: () => void }) {
  const ref = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const button = ref.current;
    if (button === null || busy) return;
    const observer = new IntersectionObserver(
      (seen) => {
        if (seen.some(({ isIntersecting }) => isIntersecting)) onMore();
      },
      { rootMargin: "200px" },
    );
    observer.observe(button);
    return () => observer.disconnect();
  }, [busy, onMore]);
  return (
    <button ref={ref} type="button" className="button mt-3 print:hidden" disabled={busy} onClick={onMore}>
      {busy ? "Reading earlier events" : "Show earlier events"}
    </button>
  );
}

function Line({
  event,
  above,
  who,
  onOpen,
}: {
  event: TimelineEvent;
  above: string | null;
  who: boolean;
  onOpen: (id: string) => void;
}) {
  const { word, tone } = OUTCOME_WORDS[event.outcome];
  return (
    <tr>
      <LocalPlace at={event.at} above={above} />
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
      <td className="max-w-56 truncate">
        {who ? event.account : <ApplicationLink name={event.application} />}
      </td>
      <td className="text-soft">{plain(event.layer)}</td>
      <td className="max-w-56 truncate text-soft" title={event.actor ?? undefined}>
        {event.actor}
      </td>
      <td className="text-soft">{event.source}</td>
    </tr>
  );
}

function Lines({
  events,
  who,
  onOpen,
}: {
  events: readonly TimelineEvent[];
  who: boolean;
  onOpen: (id: string) => void;
}) {
  const list = useListKeys<HTMLDivElement>();
  return (
    <TableFrame
      list={list}
      heads={[
        "Day",
        "Time",
        "What happened",
        who ? "Account" : "Application",
        "Witness",
        "Done by",
        "Source",
      ]}
    >
      {events.map((event, i) => (
        <Line key={event.id} event={event} above={events[i - 1]?.at ?? null} who={who} onOpen={onOpen} />
      ))}
    </TableFrame>
  );
}

function Waiting() {
  return (
    <div role="status" aria-label="Reading the events" className="motion-safe:animate-pulse">
      {SKELETON.map((row) => (
        <div key={row} className="flex h-8 items-center gap-6 border-b border-line">
          <div className="h-3 w-1/6 rounded bg-sunken" />
          <div className="h-3 w-2/5 rounded bg-sunken" />
          <div className="h-3 w-1/6 rounded bg-sunken" />
        </div>
      ))}
    </div>
  );
}

const choicesOf = (values: readonly string[]) => values.map((value) => ({ value, label: capital(value) }));

export function Timeline({
  path,
  initial,
  applications = null,
}: {
  /** Of the API, which gives the parts. */
  path: string;
  /** The first part without any filter. */
  initial: TimelinePart;
  /** Of somebody: the applications to choose from. Of an application: null, and lines name the account instead. */
  applications?: string[] | null;
}) {
  const panel = usePanel("event");
  const timeline = useTimeline(path, initial);
  const { data, error, refetch, dataUpdatedAt, hasNextPage, isFetchingNextPage, fetchNextPage, filtered } =
    timeline;
  const events = data?.pages.flatMap((part) => part.events) ?? [];
  const total = data?.pages[0]?.total ?? null;
  const heading: ReactNode =
    data === undefined
      ? "Events"
      : total === null
        ? `${hasNextPage ? "The newest " : ""}${plural(events.length, "event")}`
        : total > events.length
          ? `The newest ${count(events.length)} of ${plural(total, "event")}`
          : plural(total, "event");
  return (
    <section>
      <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2 id={ROWS}>{heading}</h2>
        <Select name="layer" label="Witness" all="All" choices={choicesOf(LAYERS)} />
        {applications === null ? null : <ApplicationFilter applications={applications} />}
        <Select name="outcome" label="Outcome" all="All" choices={choicesOf(OUTCOMES)} />
        <DayFilter name="to" label="Up to" />
        {filtered ? (
          <FilterLink set={{ layer: null, outcome: null, application: null, to: null }} className="link" stay>
            Clear
          </FilterLink>
        ) : null}
      </div>
      {error === null ? null : <Problem error={error} retry={() => void refetch()} since={dataUpdatedAt} />}
      {data === undefined || (events.length === 0 && hasNextPage) ? (
        error === null ? (
          <Waiting />
        ) : null
      ) : events.length === 0 ? (
        <p className="py-3">{filtered ? "No event fits these filters." : "No event is on record."}</p>
      ) : (
        <Lines events={events} who={applications === null} onOpen={panel.show} />
      )}
      {hasNextPage ? <More busy={isFetchingNextPage} onMore={() => void fetchNextPage()} /> : null}
      {panel.open === null ? null : <EventPanel id={panel.open} onClose={panel.close} />}
    </section>
  );
}
