"use client";
/** The rows of a table: the first ones at once, the others in parts as they come into sight. */
import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import type { ReportPage } from "../../lib/reports/contract/page.ts";
import type { ReportName } from "../../lib/reports/contract.ts";
import { fetchJson } from "../data/api.ts";
import { joined } from "../data/report-query.ts";
import type { RowOf } from "./columns.ts";
import { PART, partsOf } from "./table-address.ts";

/** Parts that went out of sight are forgotten after a while, so that a walk through 100,000 rows fills no memory. */
const FORGET_MS = 30_000;

/** The first rows as the server has worked them out for the address as it was opened. */
export interface InitialRows<N extends ReportName> {
  query: string;
  /** Null when the address asks for something that can't be understood: the API then says what. */
  page: ReportPage<N> | null;
}

const pagePath = (name: string, query: string, more: Record<string, string>): string =>
  `/api/v1/reports/${name}?${joined(query, new URLSearchParams(more).toString())}`;

/** The first page of a query. What is shown stays while newer comes. */
export function useFirstRows<N extends ReportName>(name: N, query: string, initial: InitialRows<N>) {
  const given = initial.page !== null && query === initial.query ? { initialData: initial.page } : {};
  return useQuery<ReportPage<N>>({
    queryKey: ["rows", name, query],
    queryFn: ({ signal }) =>
      fetchJson<ReportPage<N>>(pagePath(name, query, { limit: `${PART}` }), { signal }),
    placeholderData: keepPreviousData,
    ...given,
  });
}

/**
 * The rows by their number, as far as they are here: undefined for what is on its way.
 * @param first the first page, of whose moment all others are.
 * @param range the rows in sight.
 */
export function useRows<N extends ReportName>(
  name: N,
  query: string,
  first: ReportPage<N> | undefined,
  range: { first: number; last: number },
): { rowAt: (index: number) => RowOf<N> | undefined; error: Error | null; retry: () => void } {
  const cursor = first?.page.next ?? null;
  const parts = cursor === null ? [] : partsOf(range.first, range.last).filter((part) => part > 0);
  const results = useQueries({
    queries: parts.map((part) => ({
      queryKey: ["rows", name, query, cursor, part],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        fetchJson<ReportPage<N>>(
          pagePath(name, query, {
            limit: `${PART}`,
            cursor: cursor ?? "",
            skip: `${(part - 1) * PART}`,
          }),
          { signal },
        ),
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: FORGET_MS,
    })),
  });
  const rowAt = (index: number): RowOf<N> | undefined => {
    const part = Math.floor(index / PART);
    const page = part === 0 ? first : results[parts.indexOf(part)]?.data;
    return page?.rows[index % PART] as RowOf<N> | undefined;
  };
  const failed = results.filter(({ error }) => error !== null);
  return {
    rowAt,
    error: failed[0]?.error ?? null,
    retry: () => {
      for (const result of failed) void result.refetch();
    },
  };
}
