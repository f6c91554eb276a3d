"use client";
/** One departure: a lane for each account from leaving to its end, all on one axis of time. */
import type { Leaving, LeavingLane } from "../../lib/reports/contract.ts";
import { duration } from "../format/time.ts";
import type { Tone } from "../format/words.ts";
import { StateMark } from "../ui/state-mark.tsx";
import { useListKeys } from "../ui/use-list-keys.ts";
import { type Cluster, clustersOf, placeOf, secondsAfter, spanOf, ticksOf } from "./axis.ts";
import { clusterInWords, laneInWords, MARK_WORDS, usesInWords } from "./words.ts";

const GRID = "grid grid-cols-1 gap-x-4 md:grid-cols-[180px_minmax(0,1fr)_230px]";
const at = (place: number): string => `${100 * place}%`;

/** Uses stand above the bar, ends on it, failures below: kinds that meet do not cover one another. */
const HEIGHTS: Record<Cluster["kind"], string> = { access: "top-0", end: "top-3", failure: "top-6" };

const BARS: Record<Tone, string> = {
  good: "bg-good",
  risk: "bg-risk",
  bad: "bg-bad",
  unknown: "bg-unknown",
  none: "bg-none",
};

function Mark({
  cluster,
  application,
  leftAt,
  onOpen,
}: {
  cluster: Cluster;
  application: string;
  leftAt: string;
  onOpen: (id: string) => void;
}) {
  const words = clusterInWords(cluster, application, leftAt);
  const last = cluster.marks.at(-1) ?? cluster.marks[0];
  return (
    <button
      type="button"
      data-item=""
      aria-label={`${words}. Opens the record.`}
      title={words}
      className={`absolute flex h-6 min-w-6 -translate-x-1/2 items-center justify-center gap-0.5 rounded hover:bg-sunken ${HEIGHTS[cluster.kind]}`}
      style={{ left: at(cluster.place) }}
      onClick={() => onOpen(last.eventId)}
    >
      <StateMark tone={MARK_WORDS[cluster.kind].tone} size={11} />
      {cluster.marks.length > 1 ? <span className="text-[11px]">{cluster.marks.length}</span> : null}
    </button>
  );
}

/** The stretch in which the account could be used: to its end, to the rehire, or to now, and then hatched. */
function Bar({ lane, leaving, span }: { lane: LeavingLane; leaving: Leaving; span: number }) {
  const { step } = lane;
  if (step === null) return null;
  const open = step.openFor !== null;
  const end = open || step.status === "rehired" ? leaving.until : (step.endedAt ?? leaving.until);
  const { tone } = laneInWords(lane);
  return (
    <span
      className={`absolute top-[22px] left-0 h-1 min-w-1 ${BARS[tone]} ${open ? "hatched" : ""}`}
      style={{ width: at(placeOf(secondsAfter(leaving.leftAt, end), span)) }}
    />
  );
}

function Lane({
  lane,
  leaving,
  span,
  onOpen,
}: {
  lane: LeavingLane;
  leaving: Leaving;
  span: number;
  onOpen: (id: string) => void;
}) {
  const { step, application } = lane;
  const { words, tone } = laneInWords(lane);
  const uses = usesInWords(lane);
  const account = step?.accountUserName ?? step?.account ?? "";
  return (
    <li className={`${GRID} border-b border-line py-1.5`}>
      <div className="min-w-0 self-center text-sm">
        <span className="block truncate font-medium" title={application}>
          {application}
        </span>
        <span className="block truncate text-xs text-soft" title={account}>
          {account}
        </span>
      </div>
      <div className="relative mx-3 h-12">
        <span className="absolute inset-x-0 top-[23.5px] h-px bg-line" />
        <Bar lane={lane} leaving={leaving} span={span} />
        {step === null || step.slaSeconds > span ? null : (
          <span
            className="absolute inset-y-1 border-l border-dashed border-ink"
            style={{ left: at(placeOf(step.slaSeconds, span)) }}
            title={`SLA ${duration(step.slaSeconds)}`}
          />
        )}
        {clustersOf(lane, leaving.leftAt, span).map((cluster) => (
          <Mark
            key={`${cluster.kind} ${cluster.marks[0].eventId}`}
            cluster={cluster}
            application={application}
            leftAt={leaving.leftAt}
            onOpen={onOpen}
          />
        ))}
      </div>
      <div className="min-w-0 self-center text-sm">
        <span className="flex items-center gap-1.5">
          <StateMark tone={tone} />
          {words}
        </span>
        {uses === null ? null : (
          <span className="flex items-center gap-1.5 font-semibold text-bad">
            <StateMark tone="bad" />
            {uses}
          </span>
        )}
      </div>
    </li>
  );
}

function Axis({ span }: { span: number }) {
  return (
    <div className={`${GRID} text-xs text-soft`} aria-hidden="true">
      <span />
      <div className="relative mx-3 h-5">
        {ticksOf(span).map(({ seconds, place }) => (
          <span
            key={seconds}
            className={`absolute top-0 whitespace-nowrap ${seconds === 0 ? "" : "-translate-x-1/2"} max-md:odd:not-first:hidden`}
            style={{ left: at(place) }}
          >
            {seconds === 0 ? "left" : duration(seconds)}
          </span>
        ))}
      </div>
    </div>
  );
}

function Legend() {
  return (
    <ul aria-label="Legend" className="mb-2 flex flex-wrap gap-x-4 gap-y-1 text-xs text-soft">
      {Object.values(MARK_WORDS).map(({ word, tone }) => (
        <li key={word} className="flex items-center gap-1.5">
          <StateMark tone={tone} size={9} />
          {word}
        </li>
      ))}
      <li className="flex items-center gap-1.5">
        <span className="hatched h-1 w-6 bg-risk" />
        Still open
      </li>
      <li className="flex items-center gap-1.5">
        <span className="h-3 border-l border-dashed border-ink" />
        SLA
      </li>
    </ul>
  );
}

export function Lanes({ leaving, onOpen }: { leaving: Leaving; onOpen: (id: string) => void }) {
  const list = useListKeys<HTMLDivElement>();
  const span = spanOf(leaving);
  return (
    <div ref={list}>
      <Legend />
      <ol aria-label="Lanes, one for each account" className="border-t border-line">
        {leaving.lanes.map((lane) => (
          <Lane
            key={`${lane.application} ${lane.step?.account ?? ""}`}
            lane={lane}
            leaving={leaving}
            span={span}
            onOpen={onOpen}
          />
        ))}
      </ol>
      <Axis span={span} />
    </div>
  );
}
