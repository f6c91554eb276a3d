"use client";
/** The controls that all reports share; each is a parameter of the address. */
import { useSearchParams } from "next/navigation";
import { useId } from "react";
import type { ReportName } from "../../lib/reports/contract.ts";
import { joined, reportQuery } from "../data/report-query.ts";
import { setAddress } from "../data/use-address.ts";
import { FilterLink } from "./filter-link.tsx";

export interface Choice {
  value: string;
  label: string;
}

/** One choice of many; the first stands for no filter. */
export function Select({
  name,
  label,
  all,
  choices,
}: {
  name: string;
  label: string;
  all: string;
  choices: Choice[];
}) {
  const id = useId();
  const value = useSearchParams().get(name) ?? "";
  const known = value === "" || choices.some((choice) => choice.value === value);
  return (
    <span className="flex items-center gap-2">
      <label htmlFor={id} className="text-sm text-soft">
        {label}
      </label>
      <select
        id={id}
        className="field w-40"
        value={value}
        onChange={(event) => setAddress({ [name]: event.target.value })}
      >
        <option value="">{all}</option>
        {known ? null : <option value={value}>{value}</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </span>
  );
}

export function ApplicationFilter({ applications }: { applications: string[] }) {
  return (
    <Select
      name="application"
      label="Application"
      all="All"
      choices={applications.map((name) => ({ value: name, label: name }))}
    />
  );
}

/** A day; without one the report answers for now. */
export function DayFilter({ name, label }: { name: "asOf" | "from" | "to"; label: string }) {
  const id = useId();
  const value = useSearchParams().get(name) ?? "";
  return (
    <span className="flex items-center gap-2">
      <label htmlFor={id} className="text-sm text-soft">
        {label}
      </label>
      <input
        id={id}
        type="date"
        min="1990-01-01"
        max="2999-12-31"
        className="field"
        value={value.slice(0, 10)}
        onChange={(event) => {
          if (event.target.validity.valid) setAddress({ [name]: event.target.value });
        }}
      />
    </span>
  );
}

/** Which rows the report is about. @param did what they began with: `Left`, `Joined`. */
export function ReportFilters({ applications, did }: { applications: string[]; did: string }) {
  return (
    <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2 print:hidden">
      <ApplicationFilter applications={applications} />
      <DayFilter name="from" label={`${did} from`} />
      <DayFilter name="to" label="to" />
    </div>
  );
}

/** A filter that is set, with the way to take it away. */
export function SetFilter({ name, words }: { name: string; words: string }) {
  return (
    <FilterLink set={{ [name]: null }} className="button">
      {words} <span aria-hidden="true">×</span>
      <span className="sr-only">, show all</span>
    </FilterLink>
  );
}

/** A few choices side by side; `value` "" stands for no filter. */
export function Switch({
  name,
  label,
  choices,
  now,
  stay = false,
}: {
  name: string;
  label: string;
  choices: Choice[];
  now?: string;
  /** As of {@link FilterLink}. */
  stay?: boolean;
}) {
  const given = useSearchParams().get(name) ?? "";
  const current = now ?? given;
  return (
    <nav aria-label={label} className="flex h-8 items-stretch overflow-hidden rounded border border-line">
      {choices.map((choice) => (
        <FilterLink
          key={choice.value}
          set={{ [name]: choice.value }}
          className={`flex items-center border-l border-line px-3 text-sm whitespace-nowrap first:border-l-0 focus-visible:-outline-offset-2 ${
            choice.value === current ? "bg-sunken font-medium" : "text-soft hover:text-ink"
          }`}
          current={choice.value === current}
          stay={stay}
        >
          {choice.label}
        </FilterLink>
      ))}
    </nav>
  );
}

/** What the address asks of a report. */
function useReportQuery(report: ReportName): string {
  const search = useSearchParams();
  return reportQuery((name) => search.get(name), report);
}

/** The report's rows as a CSV file, with the filters that the report itself knows. */
export function CsvLink({ report }: { report: ReportName }) {
  const query = joined(useReportQuery(report), "format=csv");
  return (
    <a className="button" href={`/api/v1/reports/${report}?${query}`} download>
      Download CSV
    </a>
  );
}

/** The whole report as a JSON file. */
export function JsonLink({ report }: { report: ReportName }) {
  const query = joined(useReportQuery(report), "format=json");
  return (
    <a className="button" href={`/api/v1/reports/${report}?${query}`} download={`rollcall-${report}.json`}>
      Download JSON
    </a>
  );
}
