"use client";
/** Is this access still needed? Decided item by item, by keys. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { ReviewItemRow, ReviewReport } from "../../lib/reviews/contract.ts";
import { itemsPath, reviewQuery } from "../reviews/review-query.ts";
import { useCommands } from "../shell/commands.ts";
import type { TableHandle } from "../table/columns.ts";
import { DataTable } from "../table/data-table.tsx";
import { exactly } from "../table/table-address.ts";
import type { FirstRows } from "../table/use-rows.ts";
import { Answer } from "../ui/answer.tsx";
import { Switch } from "../ui/filters.tsx";
import { NoticeBar } from "../ui/notice-bar.tsx";
import { Problem } from "../ui/problem.tsx";
import { useActKeys } from "../ui/use-list-keys.ts";
import { ActButtons } from "./act-buttons.tsx";
import { mayDecide, type Reviewer, takesDecisions } from "./acts.ts";
import { Conflicts } from "./conflicts.tsx";
import { DecisionMenu } from "./decision-menu.tsx";
import { GiveMenu } from "./give-menu.tsx";
import { ItemPanel } from "./item-panel.tsx";
import { BulkShare, ItemsSentence } from "./items-head.tsx";
import { ITEMS, OpenItem } from "./items-shape.tsx";
import { useDecide } from "./use-decide.ts";
import { PANEL, useItemActs } from "./use-item-acts.ts";
import { useItemPanel } from "./use-item-panel.ts";
import { useLook } from "./use-look.ts";

const STATES = [
  { value: "", label: "All" },
  { value: "open", label: "Open" },
];
const CHANGED = [
  { value: "", label: "All" },
  { value: "!=same", label: "Only what changed" },
];

/** The row that has the focus. */
function focusedRows(table: TableHandle<ReviewItemRow> | null): readonly ReviewItemRow[] {
  const index = document.activeElement?.closest<HTMLElement>("tr[data-index]")?.dataset.index;
  const row = index === undefined ? undefined : table?.rowAt(Number(index));
  return row === undefined ? [] : [row];
}

interface Props {
  initial: ReviewReport;
  /** When it was read, milliseconds since 1970. */
  now: number;
  rows: FirstRows<ReviewItemRow>;
  reviewer: Reviewer;
}

export function ItemsPage({ initial, now: made, rows, reviewer }: Props) {
  const { review } = initial;
  const {
    data: report,
    error,
    refetch,
    dataUpdatedAt,
  } = useQuery({
    ...reviewQuery(review),
    initialData: initial,
    initialDataUpdatedAt: made,
  });
  const table = useRef<TableHandle<ReviewItemRow>>(null);
  const active = useRef<ReviewItemRow | undefined>(undefined);
  const panel = useItemPanel(review, table);
  const looking = useLook(review, reviewer);
  const deciding = useDecide(review, report.state, reviewer, looking);
  const acts = useItemActs(deciding, reviewer, report.state, () => table.current?.clear());
  const opened = panel.row === undefined ? undefined : deciding.latest(panel.row);
  const about = (): readonly ReviewItemRow[] => {
    if (panel.item !== null) return opened === undefined ? [] : [opened];
    const selected = table.current?.selected() ?? [];
    if (selected.length > 0) return selected;
    return focusedRows(table.current);
  };
  const may = reviewer.runs || (reviewer.reviews && reviewer.me !== null);
  useActKeys({ list: acts.list, about, undo: deciding.undo, may, panel: PANEL });
  const look = () => {
    if (panel.item === null) looking.look(active.current, false);
    else if (opened !== undefined) looking.look(opened, true);
  };
  useEffect(look);
  const commanded = opened === undefined ? [] : [opened];
  useCommands(
    may && takesDecisions(report.state, reviewer)
      ? [
          ...acts.list(commanded).map((act) => ({
            ...act,
            detail: "what is selected, else the item in focus",
            run: () =>
              acts
                .list(about())
                .find(({ id }) => id === act.id)
                ?.run(),
          })),
          { id: "give", label: "Give to another reviewer", detail: "items", run: () => acts.give(about()) },
          { id: "undo", label: "Take back", detail: "the last decision", run: deciding.undo },
        ]
      : [],
  );
  const deciders = may && takesDecisions(report.state, reviewer);
  const over = (
    <>
      {acts.menu === null ? null : acts.menu.menu === "give" ? (
        <GiveMenu
          review={review}
          me={reviewer.me}
          rows={acts.menu.rows}
          open={report.mine.open}
          onGiven={deciding.tell}
          onClose={acts.closeMenu}
        />
      ) : (
        <DecisionMenu
          review={review}
          decision={acts.menu.menu}
          rows={acts.menu.rows}
          onDecide={acts.finish}
          onClose={acts.closeMenu}
        />
      )}
      <NoticeBar {...deciding} />
    </>
  );
  return (
    <OpenItem value={panel.open}>
      <Answer title="Review">
        <ItemsSentence
          report={report}
          reviewer={reviewer}
          now={new Date(Math.max(dataUpdatedAt, made)).toISOString()}
        />
      </Answer>
      {error === null ? null : <Problem error={error} retry={() => void refetch()} since={dataUpdatedAt} />}
      <Conflicts deciding={deciding} />
      {deciders ? <BulkShare report={report} me={reviewer.me} /> : null}
      <DataTable
        shape={ITEMS}
        path={itemsPath(review)}
        initial={rows}
        report=""
        none="This review has no item."
        handle={table}
        onActive={(row) => {
          active.current = row;
          look();
        }}
        acts={deciders ? (selected) => <ActButtons acts={acts} rows={selected} /> : undefined}
      >
        <Switch name="f.state" label="State" choices={STATES} />
        <Switch name="f.since" label="Against the review before" choices={CHANGED} />
        {report.mine.items > 0 && report.mine.items < report.counts.items ? (
          <Switch
            name="f.reviewer.name"
            label="Whose"
            choices={[
              { value: "", label: "Everybody's" },
              { value: exactly(reviewer.name), label: "Yours" },
            ]}
          />
        ) : null}
        {deciders && report.mine.open > 0 ? (
          <button type="button" className="button" onClick={() => acts.give([])}>
            Give yours to …
          </button>
        ) : null}
      </DataTable>
      {panel.item === null ? null : (
        <ItemPanel
          item={panel.item}
          row={opened}
          story={panel.story}
          error={panel.error}
          retry={panel.retry}
          asOf={report.population.asOf}
          buttons={
            deciders && opened !== undefined && mayDecide(opened, reviewer) ? (
              <div className="flex flex-wrap gap-2 print:hidden">
                <ActButtons acts={acts} rows={[opened]} />
              </div>
            ) : null
          }
          onClose={panel.close}
        >
          {over}
        </ItemPanel>
      )}
      {panel.item === null ? over : null}
    </OpenItem>
  );
}
