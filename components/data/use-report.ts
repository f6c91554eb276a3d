"use client";
import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import type { ReportName, Reports } from "../../lib/reports/contract.ts";
import { fetchJson } from "./api.ts";
import { FEW_ROWS, joined, reportQuery } from "./report-query.ts";

/** A report that the server has worked out for the address as it was opened. */
export interface Initial<N extends ReportName> {
  query: string;
  /** Null when the address asks for something that can't be understood: the API then says what. */
  report: Reports[N] | null;
  /** Names of all applications, for the filter. */
  applications: string[];
}

/**
 * The report for the filters in the address; what is shown stays while newer comes.
 * @param rows `few`: the figures are what is looked at, the rows come by themselves (components/table).
 */
export function useReport<N extends ReportName>(
  name: N,
  initial: Initial<N>,
  rows: "all" | "few" = "all",
): UseQueryResult<Reports[N]> {
  const search = useSearchParams();
  const asked = reportQuery((parameter) => search.get(parameter), name);
  const query = rows === "few" ? joined(asked, FEW_ROWS) : asked;
  const given = initial.report !== null && query === initial.query ? { initialData: initial.report } : {};
  return useQuery<Reports[N]>({
    queryKey: ["report", name, query],
    queryFn: ({ signal }) => fetchJson<Reports[N]>(`/api/v1/reports/${name}?${query}`, { signal }),
    placeholderData: keepPreviousData,
    ...given,
  });
}
