"use client";
import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import type { ReportName, Reports } from "../../lib/reports/contract.ts";
import { askedEvery, fetchJson } from "./api.ts";
import { type HowMany, reportQuery, withRows } from "./report-query.ts";

/** A report that the server has worked out for the address as it was opened. */
export interface Initial<N extends ReportName> {
  query: string;
  /** Null when the address asks for something that can't be understood: the API then says what. */
  report: Reports[N] | null;
  /** Names of all applications, for the filter. */
  applications: string[];
}

/** A report of which something has changed since is asked for again, until it is of that. */
const RENEWED_MS = 5_000;

/** How often a report is asked for again for its own sake. */
export const followed = ({ renewing }: { renewing?: true }): number | false =>
  renewing ? RENEWED_MS : false;

/**
 * The report for the filters in the address; what is shown stays while newer comes.
 * @param rows `few`: the figures are what is looked at, the rows come by themselves (components/table).
 */
export function useReport<N extends ReportName>(
  name: N,
  initial: Initial<N>,
  rows: HowMany = "all",
): UseQueryResult<Reports[N]> {
  const search = useSearchParams();
  const query = withRows(
    reportQuery((parameter) => search.get(parameter), name),
    rows,
  );
  const given = initial.report !== null && query === initial.query ? { initialData: initial.report } : {};
  return useQuery<Reports[N]>({
    queryKey: ["report", name, query],
    queryFn: ({ signal }) => fetchJson<Reports[N]>(`/api/v1/reports/${name}?${query}`, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: askedEvery<Reports[N]>(followed),
    ...given,
  });
}
