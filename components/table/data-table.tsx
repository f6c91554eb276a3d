"use client";
/** A table: rows that the server has filtered and sorted, drawn only where they are in sight. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useSearchParams } from "next/navigation";
import {
  type ReactNode,
  type Ref,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useSyncExternalStore,
} from "react";
import { joined } from "../data/report-query.ts";
import { ROWS } from "../ui/filter-link.tsx";
import { Problem } from "../ui/problem.tsx";
import { Scrolling } from "../ui/scrolling.tsx";
import type { RowShape, TableHandle } from "./columns.ts";
import { type Fixed, rowsQuery } from "./table-address.ts";
import { Body } from "./table-body.tsx";
import { TableHead } from "./table-head.tsx";
import { countWords, TableTools } from "./table-tools.tsx";
import { useColumns } from "./use-columns.ts";
import { type FirstRows, fetchAll, useFirstRows, useRows } from "./use-rows.ts";
import { useSelection } from "./use-selection.ts";
import { type Entry, useTable } from "./use-table.ts";
import { useTableKeys } from "./use-table-keys.ts";

/** Heights in pixels; on a phone a row has two lines. */
const ROW = 32;
const PHONE_ROW = 52;
const HEAD = 32;
/** The box before each row. */
const BOX = 32;

const PHONE = "(width < 40rem)";

function onPhoneChange(tell: () => void): () => void {
  const query = window.matchMedia(PHONE);
  query.addEventListener("change", tell);
  return () => query.removeEventListener("change", tell);
}

const useIsPhone = (): boolean =>
  useSyncExternalStore(
    onPhoneChange,
    () => window.matchMedia(PHONE).matches,
    () => false,
  );

/** More are not selected at once: each is kept as a whole. */
const MOST_SELECTED = 5_000;

interface Props<Row> {
  shape: RowShape<Row>;
  initial: FirstRows<Row>;
  /** The address of the rows where they are no report's. */
  path?: string;
  /** The report's own parameters, as the API takes them. */
  report: string;
  /** Filters that the page's controls stand for. */
  fixed?: Fixed;
  /** Said instead of rows, when no filter is set. */
  none: string;
  /** What can be done with the selected rows. */
  acts?: ((rows: readonly Row[], clear: () => void) => ReactNode) | undefined;
  /** For keys of the page's own. */
  handle?: Ref<TableHandle<Row>>;
  /** Told of the row that the keys come to; undefined when they leave the rows. */
  onActive?: (row: Row | undefined) => void;
  /** Controls of the page, before those of the table. */
  children?: ReactNode;
}

export function DataTable<Row>({
  shape,
  initial,
  path,
  report,
  fixed = [],
  none,
  acts,
  handle,
  onActive,
  children,
}: Props<Row>) {
  const from = path ?? `/api/v1/reports/${shape.report}`;
  const search = useSearchParams();
  const chosen = rowsQuery(new URLSearchParams(search), fixed);
  const query = joined(report, chosen);
  const ids = useMemo(() => shape.columns.map(({ id }) => id), [shape]);
  const usual = useMemo(
    () => shape.columns.filter((column) => column.shown !== false).map(({ id }) => id),
    [shape],
  );
  const columns = useColumns(shape.report, ids, usual);
  const first = useFirstRows(from, query, initial);
  const { data } = first;
  const total = data?.page.total ?? 0;
  const box = useRef<HTMLElement>(null);
  const phone = useIsPhone();
  const head = phone ? 0 : HEAD;
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => box.current,
    estimateSize: () => (phone ? PHONE_ROW : ROW),
    overscan: 8,
    // The head lies over the rows while they scroll beneath it.
    scrollPaddingStart: head,
    // What the server draws, before a window is known.
    initialRect: { width: 1000, height: 600 },
  });
  const items = virtual.getVirtualItems();
  const range = { first: items[0]?.index ?? 0, last: items.at(-1)?.index ?? 0 };
  const { rowAt, error: partError, retry } = useRows(from, query, data, range, shape.fits);
  const entries = items.flatMap(({ index }): Entry<Row>[] => {
    const row = rowAt(index);
    return row === undefined ? [] : [{ index, row }];
  });
  const table = useTable(shape, columns.shown, entries, data?.asOf ?? "");
  const selection = useSelection<Row>(query);
  const toggle = (index: number) => {
    const row = rowAt(index);
    if (row !== undefined) selection.toggle(shape.key(row), row);
  };
  const { active, setActive, goTo } = useTableKeys({
    within: box,
    count: total,
    scrollTo: (index) => virtual.scrollToIndex(index),
    toggle,
    clear: selection.clear,
  });
  useImperativeHandle(handle, () => ({
    at: () => active,
    rowAt,
    goTo,
    selected: () => [...selection.rows.values()],
    clear: selection.clear,
  }));
  const activeRow = active < 0 ? undefined : rowAt(active);
  const tell = useRef(onActive);
  useEffect(() => {
    tell.current = onActive;
  });
  useEffect(() => tell.current?.(activeRow), [activeRow]);
  const selectAll = async () => {
    const rows = data?.page.next === null ? data.rows : await fetchAll<Row>(from, query);
    selection.add(rows.map((row) => [shape.key(row), row]));
  };
  const shown = columns.shown.flatMap((id) => shape.columns.filter((column) => column.id === id));
  const fields = shown.flatMap(({ id, fields: own }) => own ?? [id]);
  const width = shown.reduce((sum, column) => sum + column.width, BOX);
  const error = first.error ?? partError;
  const again = () => {
    if (first.error !== null) void first.refetch();
    retry();
  };
  return (
    <section aria-labelledby={ROWS}>
      <TableTools
        shape={shape}
        path={from}
        savable={path === undefined}
        columns={columns}
        query={query}
        fields={[...new Set(fields)]}
        taken={fixed.map(([column]) => column)}
        selected={[...selection.rows.values()].map((row) => shape.names(row))}
        onClear={selection.clear}
        acts={selection.rows.size === 0 ? null : acts?.([...selection.rows.values()], selection.clear)}
        onAll={
          acts === undefined || total > MOST_SELECTED || total === selection.rows.size ? null : selectAll
        }
        heading={data === undefined ? null : countWords(data.page, shape.noun)}
      >
        {children}
      </TableTools>
      {error === null ? null : <Problem error={error} retry={again} since={first.dataUpdatedAt} />}
      {data !== undefined && total === 0 ? (
        <p className="py-6">{chosen === "" ? none : `No ${shape.noun[0]} fits these filters.`}</p>
      ) : (
        <Scrolling
          ref={box}
          label={`Rows: ${shape.noun[1]}`}
          isBusy={first.isFetching}
          className={`max-h-[max(70dvh,320px)] overflow-auto print:max-h-none ${first.isPlaceholderData ? "opacity-60" : ""}`}
        >
          <table
            className="table table-fixed border-separate! border-spacing-0 sm:min-w-(--width) [&_td]:py-0! [&_td]:align-middle!"
            style={{ "--width": `${width}px` } as React.CSSProperties}
            aria-rowcount={total + 1}
            aria-labelledby={ROWS}
          >
            <colgroup>
              <col style={{ width: BOX }} />
              <col className="sm:hidden" />
              {shown.map(({ id, width: own }) => (
                <col key={id} className="max-sm:hidden" style={{ width: `${(100 * own) / width}%` }} />
              ))}
            </colgroup>
            <TableHead
              groups={table.getHeaderGroups()}
              isRight={(id) => shown.some((column) => column.id === id && column.right === true)}
            />
            <Body
              shape={shape}
              shown={shown}
              rows={table.getRowModel().rows}
              items={items}
              height={virtual.getTotalSize()}
              active={active}
              isSelected={(row) => selection.rows.has(shape.key(row))}
              onToggle={toggle}
              onFocus={setActive}
            />
          </table>
        </Scrolling>
      )}
    </section>
  );
}
