"use client";
/** How often the application's SCIM service is checked by itself, and the form that sets it. */
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import type { Level } from "../../lib/conformance/finding.ts";
import type { ConformanceSchedule as Told } from "../../lib/conformance/list-schedules.ts";
import type { ConnectionTold } from "../../lib/scim/connection.ts";
import { sendJson } from "../data/api.ts";
import { useActOn } from "../data/use-act-on.ts";
import { plural } from "../format/number.ts";
import { Refusal, TextField } from "../ui/field.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { Moment } from "../ui/when.tsx";
import { levelWords } from "./conformance-words.ts";
import { LevelChoice } from "./level-choice.tsx";

const USUAL_DAYS = 7;

interface Wish {
  everyDays: number | null;
  level: Level;
}

/** Sets it, after which the page shows what is so now. */
function useSchedule(application: string, then: () => void = () => {}) {
  const router = useRouter();
  const at = `/api/v1/conformance/schedules/${encodeURIComponent(application)}`;
  return useActOn(
    "conformance",
    (wish: Wish) => sendJson(at, "PUT", wish),
    () => {
      router.refresh();
      then();
    },
  );
}

const rhythm = (everyDays: number): string =>
  everyDays === 1 ? "every day" : `every ${plural(everyDays, "day")}`;

function Sentence({ schedule: { everyDays, level, nextRunAt, problem, begun } }: { schedule: Told }) {
  if (everyDays === null) return <p>It is checked when somebody asks, and not by a schedule.</p>;
  return (
    <>
      <p>
        Checked {rhythm(everyDays)} by a schedule ({levelWords(level)}).{" "}
        {begun ? "One has begun; should it come to nothing, it is tried again on " : "The next one: "}
        <Moment at={nextRunAt} />.
      </p>
      {problem === null ? null : (
        <p role="alert" className="border-l-2 border-bad bg-sunken px-3 py-2">
          The last check by the schedule came to nothing. {problem} It is tried again on{" "}
          <Moment at={nextRunAt} />.
        </p>
      )}
    </>
  );
}

function ScheduleForm({
  schedule,
  connection: { application, writes },
  onClose,
}: {
  schedule: Told;
  connection: ConnectionTold;
  onClose: () => void;
}) {
  const [days, setDays] = useState(String(schedule.everyDays ?? USUAL_DAYS));
  const [level, setLevel] = useState<Level>(writes ? schedule.level : "read");
  const save = useSchedule(application, onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ everyDays: Number(days), level });
  };
  return (
    <SidePanel title={`Check conformance of ${application} by a schedule`} onClose={onClose}>
      <form className="space-y-4" onSubmit={submit}>
        <p className="text-sm">
          A check is made by itself every so many days, the first one after that time. What it finds stands on
          this page, with what was mended and what is new since the one before.
        </p>
        <TextField
          label="Every so many days"
          type="number"
          required
          min="1"
          max="365"
          step="1"
          value={days}
          onChange={setDays}
        />
        <LevelChoice level={level} writes={writes} onChange={setLevel} />
        {level === "write" && schedule.level !== "write" ? (
          <label className="flex gap-2 text-sm">
            <input type="checkbox" required className="mt-1 shrink-0 self-start" />
            <span>
              Test users may be made at <bdi>{application}</bdi> each time.
            </span>
          </label>
        ) : null}
        <Refusal>{save.error?.message}</Refusal>
        <button type="submit" className="button button-main" disabled={save.isPending}>
          {schedule.everyDays === null ? "Set the schedule" : "Save"}
        </button>
      </form>
    </SidePanel>
  );
}

export function ConformanceSchedule({
  schedule,
  connection,
  maySet,
}: {
  schedule: Told;
  /** Null: none, or not for the reader to know. */
  connection: ConnectionTold | null;
  maySet: boolean;
}) {
  const [open, setOpen] = useState(false);
  const { application, everyDays, level } = schedule;
  const stop = useSchedule(connection?.application ?? application);
  // Where there is nothing that could be checked, nothing is said of when.
  if (everyDays === null && (connection === null || !maySet)) return null;
  return (
    <>
      <Sentence schedule={schedule} />
      {maySet ? (
        <div className="flex flex-wrap gap-2 print:hidden">
          {connection === null ? null : (
            <button type="button" className="button" onClick={() => setOpen(true)}>
              {everyDays === null ? "Check by a schedule" : "Change the schedule"}
            </button>
          )}
          {everyDays === null ? null : (
            <button
              type="button"
              className="button"
              disabled={stop.isPending}
              onClick={() => stop.mutate({ everyDays: null, level })}
            >
              Stop the schedule
            </button>
          )}
        </div>
      ) : null}
      <Refusal>{stop.error?.message}</Refusal>
      {open && connection !== null ? (
        <ScheduleForm schedule={schedule} connection={connection} onClose={() => setOpen(false)} />
      ) : null}
    </>
  );
}
