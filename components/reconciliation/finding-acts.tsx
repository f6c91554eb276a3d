"use client";
/** What can be done with findings: the acts on failures, on the rows that are selected or the one that the keys are at. */
import type { RefObject } from "react";
import type { ReconciliationRow } from "../../lib/reports/contract.ts";
import { ActButtons } from "../failures/act-buttons.tsx";
import { ActMenu } from "../failures/act-menus.tsx";
import type { Desk } from "../failures/acts.ts";
import { type Acts, STORY_PANEL, useActs } from "../failures/use-acts.ts";
import { type Triage, useTriage } from "../failures/use-triage.ts";
import type { TableHandle } from "../table/columns.ts";
import { rowsKey } from "../table/use-rows.ts";
import { NoticeBar } from "../ui/notice-bar.tsx";
import { useActKeys } from "../ui/use-list-keys.ts";

const QUERIES = [["report", "reconciliation"], rowsKey("/api/v1/reports/reconciliation")] as const;

export interface FindingActs {
  acts: Acts;
  triage: Triage;
  desk: Desk;
}

export function useFindingActs(
  desk: Desk,
  table: RefObject<TableHandle<ReconciliationRow> | null>,
): FindingActs {
  const triage = useTriage(desk, { queries: QUERIES, noun: "finding" });
  const acts = useActs(triage, () => table.current?.clear());
  const about = (): readonly string[] => {
    const selected = table.current?.selected() ?? [];
    if (selected.length > 0) return selected.map(({ id }) => id);
    const row = table.current?.rowAt(table.current.at());
    return row === undefined ? [] : [row.id];
  };
  useActKeys({ list: acts.list, about, undo: triage.undo, may: desk.decides, panel: STORY_PANEL });
  return { acts, triage, desk };
}

/** Buttons for the rows that are selected. */
export const FindingButtons = ({
  rows,
  acts,
  desk,
}: FindingActs & { rows: readonly ReconciliationRow[] }) => (
  <ActButtons
    acts={acts}
    groups={[...new Set(rows.map(({ id }) => id))]}
    desk={{ ...desk, tickets: false }}
  />
);

/** The menu that is open, and what was just done. */
export function FindingMenus({ acts, triage, desk }: FindingActs) {
  return (
    <>
      {acts.menu === null ? null : (
        <ActMenu {...acts.menu} noun="finding" desk={desk} onAct={acts.finish} onClose={acts.closeMenu} />
      )}
      <NoticeBar {...triage} />
    </>
  );
}
