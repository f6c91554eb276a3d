"use client";
/** What drills have shown of the application: the switch, what runs now, what is left to clean up, and all trials. */
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import type { DrillsOfApplication, LeftOver, RunningDrill } from "../../lib/drills/list-drills.ts";
import type { KeptTrial } from "../../lib/trials/read-trials.ts";
import { sendJson } from "../data/api.ts";
import { Confirm } from "../ui/confirm.tsx";
import { EventLink } from "../ui/event-link.tsx";
import { Refusal } from "../ui/field.tsx";
import { Problem } from "../ui/problem.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { State } from "../ui/state-mark.tsx";
import { TableFrame, unseen } from "../ui/table-frame.tsx";
import { Moment } from "../ui/when.tsx";
import { DrillSteps, VERDICT_WORDS } from "./drill-steps.tsx";
import { DrillTrend } from "./drill-trend.tsx";
import { DrillsForm, FollowForm } from "./drills-form.tsx";
import { drillsAt, drillsQuery, isUnderWay, useDrillAct } from "./drills-query.ts";
import { latency } from "./trend.ts";

const KIND_WORDS: Record<KeptTrial["kind"], string> = {
  drill: "Drill",
  followed: "Test person",
  conformance: "Conformance check",
};

function Rhythm({ drills }: { drills: DrillsOfApplication }) {
  const { active, everyHours, nextRunAt, follow } = drills;
  const followed =
    follow === null ? null : (
      <>
        {" "}
        The changes of <bdi>{follow}</bdi> are followed.
      </>
    );
  if (!active)
    return (
      <p>
        Drills are off: nothing is made at this application. A drill makes a test account there by SCIM, tries
        each change out on it, and takes it away again; so it shows whether the application does what it
        answers.{followed}
      </p>
    );
  return (
    <p>
      Drills are on, {everyHours === null ? "by hand" : `every ${everyHours} h`}.
      {nextRunAt === null ? "" : " The next one: "}
      {nextRunAt === null ? null : <Moment at={nextRunAt} />}
      {followed}
    </p>
  );
}

function Running({ running }: { running: RunningDrill | null }) {
  return (
    <div role="status" className="border-l-2 border-accent bg-sunken px-3 py-2">
      {running === null ? (
        <p>A drill has been asked for: a worker begins it in a moment.</p>
      ) : (
        <>
          <p className="mb-2">
            A drill runs with <bdi>{running.identity}</bdi>
            {running.now === null ? ": it ends." : `. Now: ${running.now}.`}
          </p>
          <ol className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
            {running.steps.map(({ name, verdict, latencyMs }) => (
              <li key={name}>
                <State tone={VERDICT_WORDS[verdict].tone} word={name} />
                {latencyMs === null ? "" : ` ${latency(latencyMs)}`}
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}

function Left({ application, left, maySet }: { application: string; left: LeftOver; maySet: boolean }) {
  const [asks, setAsks] = useState(false);
  const settle = useDrillAct(
    () => sendJson(`${drillsAt(application)}/settled`, "POST", { identity: left.identity }),
    () => setAsks(false),
  );
  return (
    <div role="alert" className="border-l-2 border-bad bg-sunken px-3 py-2">
      <p>
        Could not be cleaned up: the test account <bdi>{left.identity}</bdi>. {left.problem}{" "}
        {left.nextTryAt === null ? null : (
          <>
            It is tried again on <Moment at={left.nextTryAt} />.
          </>
        )}{" "}
        No other drill is run here until then. You can delete that account at <bdi>{application}</bdi>{" "}
        yourself.
      </p>
      {maySet ? (
        <button type="button" className="button mt-2" onClick={() => setAsks(true)}>
          It is gone
        </button>
      ) : null}
      {asks ? (
        <Confirm
          title="Is the test account gone?"
          act="It is gone"
          doing={settle}
          onClose={() => setAsks(false)}
        >
          <p>
            Rollcall asks <bdi>{application}</bdi> no more about <bdi>{left.identity}</bdi>.
          </p>
        </Confirm>
      ) : null}
    </div>
  );
}

function Trials({ trials }: { trials: readonly KeptTrial[] }) {
  const [open, setOpen] = useState<KeptTrial | null>(null);
  if (trials.length === 0) return <p className="text-soft">Nothing was tried out here yet.</p>;
  return (
    <>
      <TableFrame heads={["Ended", "What", "Verdict", "Failed", "Asked for by", unseen("Its steps")]}>
        {trials.map((trial) => {
          const { id, endedAt, kind, verdict, steps, by, eventId } = trial;
          const failed = steps.filter((step) => step.verdict === "failed").map(({ name }) => name);
          return (
            <tr key={id}>
              <th scope="row" className="whitespace-nowrap">
                <EventLink id={eventId}>
                  <Moment at={endedAt} />
                </EventLink>
              </th>
              <td>{KIND_WORDS[kind]}</td>
              <td>
                <State {...VERDICT_WORDS[verdict]} />
              </td>
              <td>{failed.length === 0 ? "–" : failed.join(", ")}</td>
              <td>{by ?? "the schedule"}</td>
              <td>
                <button
                  type="button"
                  className="link"
                  aria-label={`Steps of the trial of ${endedAt.slice(0, 16).replace("T", " ")} UTC`}
                  onClick={() => setOpen(trial)}
                >
                  Steps
                </button>
              </td>
            </tr>
          );
        })}
      </TableFrame>
      {open === null ? null : (
        <SidePanel
          title={`${KIND_WORDS[open.kind]}: ${VERDICT_WORDS[open.verdict].word.toLowerCase()}`}
          onClose={() => setOpen(null)}
        >
          <p className="mb-3 text-sm">
            <Moment at={open.endedAt} />
            {open.identity === null ? null : (
              <>
                , with <bdi>{open.identity}</bdi>
              </>
            )}
          </p>
          <DrillSteps steps={open.steps} label="Steps" />
        </SidePanel>
      )}
    </>
  );
}

function Buttons({ drills, busy }: { drills: DrillsOfApplication; busy: boolean }) {
  const { application, active, connected, follow, left } = drills;
  const [panel, setPanel] = useState<"drills" | "follow" | null>(null);
  const off = useDrillAct(() => sendJson(drillsAt(application), "PUT", { active: false }));
  const run = useDrillAct(() => sendJson(`${drillsAt(application)}/runs`, "POST"));
  const close = () => setPanel(null);
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        {active ? (
          <>
            <button
              type="button"
              className="button button-main"
              disabled={busy || run.isPending || left.length > 0 || !connected}
              onClick={() => run.mutate(undefined)}
            >
              Run a drill now
            </button>
            <button type="button" className="button" onClick={() => setPanel("drills")}>
              Change
            </button>
            <button
              type="button"
              className="button"
              disabled={off.isPending}
              onClick={() => off.mutate(undefined)}
            >
              Switch off
            </button>
          </>
        ) : (
          <button type="button" className="button" disabled={!connected} onClick={() => setPanel("drills")}>
            Switch drills on
          </button>
        )}
        <button type="button" className="button" onClick={() => setPanel("follow")}>
          {follow === null ? "Follow a test person" : "Change the test person"}
        </button>
      </div>
      {connected ? null : (
        <p className="mt-2 text-sm text-soft">
          Drills need a SCIM service of the application that allows writing: set it above, at “Ended from
          here”.
        </p>
      )}
      <Refusal>{(off.error ?? run.error)?.message}</Refusal>
      {panel === "drills" ? <DrillsForm drills={drills} onClose={close} /> : null}
      {panel === "follow" ? <FollowForm drills={drills} onClose={close} /> : null}
    </>
  );
}

export function DrillsSection({ initial, maySet }: { initial: DrillsOfApplication; maySet: boolean }) {
  const {
    data: drills,
    error,
    refetch,
    dataUpdatedAt,
  } = useQuery({
    ...drillsQuery(initial.application),
    initialData: initial,
  });
  const isBusy = isUnderWay(drills, dataUpdatedAt);
  const router = useRouter();
  // What a trial has shown stands elsewhere on the page too; that of a drill once the drill has ended, and it is worked out.
  const known = `${drills.trials[0]?.id} ${isBusy}`;
  const shown = useRef(known);
  useEffect(() => {
    if (shown.current !== known) router.refresh();
    shown.current = known;
  }, [known, router]);
  return (
    <section className="space-y-3" aria-label="Drills">
      <h2>Drills</h2>
      {error === null ? null : <Problem error={error} retry={() => void refetch()} since={dataUpdatedAt} />}
      <Rhythm drills={drills} />
      {drills.problem === null ? null : (
        <p role="alert" className="border-l-2 border-bad bg-sunken px-3 py-2">
          {drills.problem}
        </p>
      )}
      {maySet ? <Buttons drills={drills} busy={isBusy} /> : null}
      {isBusy ? <Running running={drills.running} /> : null}
      {drills.left.map((left) => (
        <Left key={left.identity} application={drills.application} left={left} maySet={maySet} />
      ))}
      <Trials trials={drills.trials} />
      <DrillTrend trials={drills.trials} />
    </section>
  );
}
