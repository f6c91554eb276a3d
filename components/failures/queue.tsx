"use client";
/** The rows of the queue with the acts on them: by mouse, by key, by command menu. */
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import type { FailuresReport } from "../../lib/reports/contract.ts";
import { usePanel } from "../data/use-address.ts";
import { EventPanel } from "../events/event-panel.tsx";
import { count, plural } from "../format/number.ts";
import { useCommands } from "../shell/commands.ts";
import { ROWS } from "../ui/filter-link.tsx";
import { NoticeBar } from "../ui/notice-bar.tsx";
import { useActKeys, useListKeys } from "../ui/use-list-keys.ts";
import { ActButtons } from "./act-buttons.tsx";
import { ActMenu } from "./act-menus.tsx";
import type { Desk } from "./acts.ts";
import { inState, type StateFilter } from "./choose.ts";
import { FailurePanel } from "./failure-panel.tsx";
import { FailuresTable } from "./failures-table.tsx";
import { Quarantines } from "./quarantines.tsx";
import { ResolvedLately } from "./resolved-lately.tsx";
import { STORY_PANEL, useActs } from "./use-acts.ts";
import { focusedGroup, useKeptPlace, useSelection } from "./use-selection.ts";
import { useTriage } from "./use-triage.ts";

const NOTHING: Record<StateFilter, string> = {
  open: "Nothing is open here.",
  acknowledged: "Nothing is acknowledged here.",
  snoozed: "Nothing is snoozed here.",
  unresolved: "Nothing fails here.",
  resolved: "Nothing has been resolved here yet.",
  all: "No provisioning has failed here.",
};

export function Queue({ report, state, desk }: { report: FailuresReport; state: StateFilter; desk: Desk }) {
  const panel = usePanel("group");
  const mine = useSearchParams().get("owner") === "me";
  const [event, setEvent] = useState<string | null>(null);
  const rows = inState(report.rows, state).filter(({ ownerId }) => !mine || ownerId === desk.me);
  const opened = report.rows.find(({ id }) => id === panel.open);
  const list = useListKeys<HTMLDivElement>();
  const triage = useTriage(desk);
  const selection = useSelection(
    rows.map(({ id }) => id),
    desk.decides,
  );
  const keepPlace = useKeptPlace(list);
  const acts = useActs(triage, () => {
    keepPlace();
    selection.set([]);
  });
  const about = (): readonly string[] => {
    if (opened !== undefined) return [opened.id];
    if (selection.groups.length > 0) return selection.groups;
    const focused = focusedGroup();
    return focused === null ? [] : [focused];
  };
  useActKeys({ list: acts.list, about, undo: triage.undo, may: desk.decides, panel: STORY_PANEL });
  const commanded = opened === undefined ? selection.groups : [opened.id];
  useCommands(
    desk.decides && commanded.length > 0
      ? acts
          .list(commanded)
          .filter(({ id }) => id !== "tickets" || desk.tickets)
          .map((act) => ({ ...act, detail: plural(commanded.length, "selected cause") }))
      : [],
  );
  return (
    <>
      <Quarantines rows={report.rows} onOpen={panel.show} />
      <h2 id={ROWS} className="sr-only">
        {count(rows.length)} causes
      </h2>
      {rows.length === 0 ? (
        <p className="py-6">{mine ? "Nothing of yours is here." : NOTHING[state]}</p>
      ) : (
        <FailuresTable
          list={list}
          rows={rows}
          asOf={report.asOf}
          selection={desk.decides ? selection : null}
          onOpen={panel.show}
        />
      )}
      <ResolvedLately report={report} onOpen={panel.show} />
      {selection.groups.length === 0 ? null : (
        <section
          aria-label="Selection"
          className="sticky bottom-16 z-10 mt-3 flex flex-wrap items-center gap-2 rounded-md border border-line bg-raised px-3 py-2 shadow-xl md:bottom-4 print:hidden"
        >
          <span className="text-sm font-medium">{count(selection.groups.length)} selected</span>
          <ActButtons acts={acts} groups={selection.groups} desk={desk} />
          <button type="button" className="button" onClick={() => selection.set([])}>
            Clear <kbd className="key">Esc</kbd>
          </button>
        </section>
      )}
      {opened === undefined ? null : (
        <FailurePanel
          row={opened}
          asOf={report.asOf}
          desk={desk}
          acts={acts}
          onEvent={setEvent}
          onClose={panel.close}
        />
      )}
      {event === null ? null : <EventPanel id={event} onClose={() => setEvent(null)} />}
      {acts.menu === null ? null : (
        <ActMenu {...acts.menu} desk={desk} onAct={acts.finish} onClose={acts.closeMenu} />
      )}
      <NoticeBar {...triage} />
    </>
  );
}
