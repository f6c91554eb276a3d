"use client";
/** What stands above a table: how many rows, the controls that choose them, and the ways to take them along. */
import { useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import type { ReportPage } from "../../lib/reports/contract/page.ts";
import type { ReportName } from "../../lib/reports/contract.ts";
import { useMay } from "../data/permissions.ts";
import { joined } from "../data/report-query.ts";
import { setAddress } from "../data/use-address.ts";
import { count, plural } from "../format/number.ts";
import { ROWS } from "../ui/filter-link.tsx";
import { ColumnMenu } from "./column-menu.tsx";
import type { TableShape } from "./columns.ts";
import { Filters } from "./filters.tsx";
import { SearchField } from "./search-field.tsx";
import { Selection } from "./selection.tsx";
import type { useColumns } from "./use-columns.ts";
import { ViewsMenu } from "./views-menu.tsx";

/** `1,204 of 57,310 accounts`, or all of them. */
export function countWords(
  { total, all }: ReportPage<ReportName>["page"],
  [one, many]: TableShape<ReportName>["noun"],
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

interface Props<N extends ReportName> {
  shape: TableShape<N>;
  columns: ReturnType<typeof useColumns>;
  /** The API's query of the rows. */
  query: string;
  /** The report's columns that a download has. */
  fields: readonly string[];
  taken: readonly string[];
  /** Of each selected row its names. */
  selected: readonly (readonly string[])[];
  onClear: () => void;
  /** How many rows there are; null while nobody knows. */
  heading: string | null;
  children?: ReactNode;
}

export function TableTools<N extends ReportName>({
  shape,
  columns,
  query,
  fields,
  taken,
  selected,
  onClear,
  heading,
  children,
}: Props<N>) {
  const views = useMay("workspace");
  const download = (format: string) =>
    `/api/v1/reports/${shape.report}?${joined(query, new URLSearchParams({ columns: fields.join(), format }).toString())}`;
  return (
    <div className="mb-2 space-y-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2 id={ROWS} aria-live="polite">
          {heading ?? "Counting …"}
        </h2>
        {children}
        <Selection names={selected} onClear={onClear} />
      </div>
      <div className="flex flex-wrap items-center gap-2 print:hidden">
        <SearchField label={`Search ${shape.noun[1]}`} />
        <Filters report={shape.report} query={query} columns={shape.columns} taken={taken} />
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
