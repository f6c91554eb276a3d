"use client";
/** Schedules: the list, the panel that sets one, and the question before one ends. */
import { useState } from "react";
import type { PacksList, ScheduleRow } from "../../lib/packs/list-packs.ts";
import { sendJson } from "../data/api.ts";
import { useMay } from "../data/permissions.ts";
import { usePanel } from "../data/use-address.ts";
import { count, plural } from "../format/number.ts";
import { Confirm } from "../ui/confirm.tsx";
import { TableFrame, unseen } from "../ui/table-frame.tsx";
import { Ago, Moment } from "../ui/when.tsx";
import { PACKS, usePackAct } from "./packs-query.ts";
import { EMPTY_SCHEDULE, SchedulePanel } from "./schedule-panel.tsx";
import { EVERY_WORDS, scopeOf } from "./words.ts";

function RemoveQuestion({ schedule, onClose }: { schedule: ScheduleRow; onClose: () => void }) {
  const remove = usePackAct(() =>
    sendJson(`${PACKS}/schedules/${schedule.schedule}`, "DELETE").then(onClose),
  );
  return (
    <Confirm
      title={`End the schedule of ${scopeOf(schedule)}?`}
      act="End it"
      doing={remove}
      onClose={onClose}
    >
      <p>No more packs are made of it. Those that were made stay.</p>
    </Confirm>
  );
}

interface Props {
  list: PacksList;
  customers: readonly string[];
  applications: readonly string[];
}

export function SchedulesSection({ list, customers, applications }: Props) {
  const may = useMay("settings");
  const panel = usePanel("schedule");
  const [draft, setDraft] = useState(EMPTY_SCHEDULE);
  const [asked, setAsked] = useState<ScheduleRow | null>(null);
  const { schedules, asOf } = list;
  return (
    <section aria-labelledby="schedules">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
        <h2 id="schedules">{plural(schedules.length, "schedule")}</h2>
        {may ? (
          <button type="button" className="button" onClick={() => panel.show("new")}>
            Schedule packs
          </button>
        ) : null}
      </div>
      {schedules.length === 0 ? (
        <p className="max-w-[80ch] text-soft">
          With a schedule a pack is made at the start of each week, month or quarter, of the period that
          ended, and stays here to be fetched.
        </p>
      ) : (
        <TableFrame
          className="relative overflow-x-auto"
          heads={[
            "Of",
            "How often",
            "Next",
            { head: "Kept", number: true },
            "Set by",
            "Set",
            may ? unseen("End it") : null,
          ]}
          {...(may ? {} : { scrolling: "Schedules" })}
        >
          {schedules.map((schedule) => (
            <tr key={schedule.schedule}>
              <th scope="row" className="min-w-32 [overflow-wrap:anywhere]">
                {scopeOf(schedule)}
              </th>
              <td className="whitespace-nowrap">{EVERY_WORDS[schedule.every]}</td>
              <td>
                <Ago at={schedule.nextAt} asOf={asOf} />
              </td>
              <td className="number">{count(schedule.keep)}</td>
              <td className="min-w-32 [overflow-wrap:anywhere]">{schedule.setBy}</td>
              <td>
                <Moment at={schedule.setAt} />
              </td>
              {may ? (
                <td>
                  <button
                    type="button"
                    className="link whitespace-nowrap"
                    aria-label={`End the schedule of ${scopeOf(schedule)}`}
                    onClick={() => setAsked(schedule)}
                  >
                    End it
                  </button>
                </td>
              ) : null}
            </tr>
          ))}
        </TableFrame>
      )}
      {may && panel.open === "new" ? (
        <SchedulePanel
          draft={draft}
          onDraft={setDraft}
          customers={customers}
          applications={applications}
          onSet={() => {
            setDraft(EMPTY_SCHEDULE);
            panel.close();
          }}
          onClose={panel.close}
        />
      ) : null}
      {asked === null ? null : <RemoveQuestion schedule={asked} onClose={() => setAsked(null)} />}
    </section>
  );
}
