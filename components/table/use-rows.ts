"use client";
/** The rows of a table: the first ones at once, the others in parts as they come into sight. */
import { keepPreviousData, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReportRows } from "../../lib/reports/contract/page.ts";
import type { ReportName } from "../../lib/reports/contract.ts";
import { askedEvery, fetchJson } from "../data/api.ts";
import { joined } from "../data/report-query.ts";
import { followed } from "../data/use-report.ts";
import type { RowsPage } from "./columns.ts";
import { goneBefore, PART, partsOf } from "./table-address.ts";

/** Parts that went out of sight are forgotten after a while, so that a walk through 100,000 rows fills no memory. */
const FORGET_MS = 30_000;

/** The first rows as the server has worked them out for the address as it was opened. */
export interface InitialRows<N extends ReportName> {
  query: string;
  /** Null when the address asks for something that can't be understood: the API then says what. */
  page: ReportRows<N> | null;
}

/** The same of rows that are no report's. */
export interface FirstRows<Row> {
  query: string;
  page: RowsPage<Row> | null;
}

/** Under this the rows of an address are kept; a query and the part of it stand behind. */
export const rowsKey = (path: string): readonly string[] => ["rows", path];

/** The figures beside them are asked for on their own. */
export const pagePath = (path: string, query: string, more: Record<string, string>): string =>
  `${path}?${joined(query, new URLSearchParams({ ...more, only: "rows" }).toString())}`;

/** The first page of a query. What is shown stays while newer comes. @param path the address of the rows. */
export function useFirstRows<Row>(path: string, query: string, initial: FirstRows<Row>) {
  const given = initial.page !== null && query === initial.query ? { initialData: initial.page } : {};
  return useQuery<RowsPage<Row>>({
    queryKey: [...rowsKey(path), query],
    queryFn: ({ signal }) =>
      fetchJson<RowsPage<Row>>(pagePath(path, query, { limit: `${PART}` }), { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: askedEvery<RowsPage<Row>>(followed),
    ...given,
  });
}

/** As many as one answer has at most. */
const MOST = 1_000;

/** All rows of a query, in its order. @throws {ApiProblem} */
export async function fetchAll<Row>(path: string, query: string): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | null = null;
  do {
    const more: Record<string, string> = cursor === null ? {} : { cursor };
    const part: RowsPage<Row> = await fetchJson(pagePath(path, query, { limit: `${MOST}`, ...more }));
    rows.push(...part.rows);
    cursor = part.page.next;
  } while (cursor !== null);
  return rows;
}

/**
 * The rows by their number, as far as they are here: undefined for what is on its way.
 * @param first the first page, of whose moment all others are.
 * @param range the rows in sight.
 * @param fits as {@link RowShape.fits}; without it the rows of a query are those of one moment.
 */
export function useRows<Row>(
  path: string,
  query: string,
  first: RowsPage<Row> | undefined,
  range: { first: number; last: number },
  fits?: (row: Row, query: string) => boolean,
): { rowAt: (index: number) => Row | undefined; error: Error | null; retry: () => void } {
  const client = useQueryClient();
  const cursor = first?.page.next ?? null;
  const keyOf = (part: number) => [...rowsKey(path), query, cursor, part];
  /** From where on the server has the rows of a part. */
  const placeOf = (part: number): Record<string, string> => {
    if (fits === undefined) return { cursor: cursor ?? "", skip: `${(part - 1) * PART}` };
    const here = Array.from({ length: part }, (_, at) =>
      at === 0 ? first : client.getQueryData<RowsPage<Row>>(keyOf(at)),
    );
    const gone = goneBefore(here, (row) => fits(row, query));
    return { skip: `${Math.max(part * PART - gone, 0)}` };
  };
  const parts = cursor === null ? [] : partsOf(range.first, range.last).filter((part) => part > 0);
  const results = useQueries({
    queries: parts.map((part) => ({
      queryKey: keyOf(part),
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        fetchJson<RowsPage<Row>>(pagePath(path, query, { limit: `${PART}`, ...placeOf(part) }), { signal }),
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: FORGET_MS,
    })),
  });
  const rowAt = (index: number): Row | undefined => {
    const part = Math.floor(index / PART);
    const page = part === 0 ? first : results[parts.indexOf(part)]?.data;
    return page?.rows[index % PART];
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
