"use client";
/** What stands above a table: how many rows, the controls that choose them, and the ways to take them along. */
import { useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { useMay } from "../data/permissions.ts";
import { joined } from "../data/report-query.ts";
import { setAddress } from "../data/use-address.ts";
import { count, plural } from "../format/number.ts";
import { ROWS } from "../ui/filter-link.tsx";
import { ColumnMenu } from "./column-menu.tsx";
import type { RowShape, RowsPage } from "./columns.ts";
import { Filters } from "./filters.tsx";
import { SearchField } from "./search-field.tsx";
import { Selection } from "./selection.tsx";
import type { useColumns } from "./use-columns.ts";
import { ViewsMenu } from "./views-menu.tsx";

/** `1,204 of 57,310 accounts`, or all of them. */
export function countWords(
  { total, all }: RowsPage<unknown>["page"],
  [one, many]: RowShape<never>["noun"],
): string {
  return total === all ? plural(all, one, many) : `${count(total)} of ${plural(all, one, many)}`;
}

/** On a phone there is no head to sort by. */
function PhoneSort({ columns }: { columns: readonly { id: string; label: string }[] }) {
  const sort = useSearchParams().get("sort") ?? "";
  const choices = columns.flatMap(({ id, label }) => [
    { value: id, label: `${label}, ascending` },
    { value: `-${id}`, label: `${label}, descending` },
  ]);
  return (
    <select
      aria-label="Sort"
      className="field w-40 sm:hidden"
      value={choices.some(({ value }) => value === sort) ? sort : ""}
      onChange={(event) => setAddress({ sort: event.target.value })}
    >
      <option value="">Sort</option>
      {choices.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}

interface Props<Row> {
  shape: RowShape<Row>;
  /** The address of the rows. */
  path: string;
  /** Whether filters, order and columns can be saved under a name. */
  savable: boolean;
  columns: ReturnType<typeof useColumns>;
  /** The API's query of the rows. */
  query: string;
  /** The report's columns that a download has. */
  fields: readonly string[];
  taken: readonly string[];
  /** Of each selected row its names. */
  selected: readonly (readonly string[])[];
  onClear: () => void;
  /** What can be done with the selected rows. */
  acts: ReactNode;
  /** Selects all rows that the filters leave; null where that is not offered. */
  onAll: (() => Promise<void>) | null;
  /** How many rows there are; null while nobody knows. */
  heading: string | null;
  children?: ReactNode;
}

export function TableTools<Row>({
  shape,
  path,
  savable,
  columns,
  query,
  fields,
  taken,
  selected,
  onClear,
  acts,
  onAll,
  heading,
  children,
}: Props<Row>) {
  const views = useMay("workspace") && savable;
  const download = (format: string) =>
    `${path}?${joined(query, new URLSearchParams({ columns: fields.join(), format }).toString())}`;
  return (
    <div className="mb-2 space-y-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2 id={ROWS} aria-live="polite">
          {heading ?? "Counting …"}
        </h2>
        {children}
        <Selection names={selected} onClear={onClear} onAll={onAll}>
          {acts}
        </Selection>
      </div>
      <div className="flex flex-wrap items-center gap-2 print:hidden">
        <SearchField label={`Search ${shape.noun[1]}`} />
        <Filters path={path} query={query} columns={shape.columns} taken={taken} />
        <PhoneSort columns={shape.columns} />
        <ColumnMenu
          columns={shape.columns}
          shown={columns.shown}
          onShow={columns.show}
          onReset={columns.reset}
          isUsual={columns.isUsual}
        />
        {views ? <ViewsMenu page={shape.report} /> : null}
        <a className="button" href={download("csv")} download title="These rows with these columns">
          Download CSV
        </a>
        <a
          className="button"
          href={download("json")}
          download={`rollcall-${shape.report}.json`}
          title="These rows with these columns"
        >
          JSON
        </a>
      </div>
    </div>
  );
}
