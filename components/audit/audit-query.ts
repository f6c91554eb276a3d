/** The audit log as the API tells it, a page at a time, by the filters of the address. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { AuditPage, AuditRow } from "../../lib/auth/audit.ts";
import { fetchJson } from "../data/api.ts";

const FILTERS = ["from", "to", "verb", "text"] as const;

/** The query string for the API: the filters that are set, always in one order. */
export function auditQuery(get: (name: string) => string | null | undefined): string {
  const query = new URLSearchParams();
  for (const name of FILTERS) {
    const value = get(name);
    if (value) query.set(name, value);
  }
  return query.toString();
}

/** Where the API has the entries of a query, with what else it is asked. */
export function auditPath(query: string, more: Record<string, string | null> = {}): string {
  const all = new URLSearchParams(query);
  for (const [name, value] of Object.entries(more)) if (value !== null) all.set(name, value);
  return `/api/v1/audit?${all}`;
}

export const auditPages = (query: string) =>
  infiniteQueryOptions({
    queryKey: ["audit", "pages", query],
    queryFn: ({ pageParam, signal }) =>
      fetchJson<AuditPage>(auditPath(query, { cursor: pageParam }), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });

/** One entry, for an address that names it while the list does not show it; null when there is none of that number. */
export const auditEntry = (entry: number) =>
  queryOptions({
    queryKey: ["audit", "entry", entry],
    queryFn: async ({ signal }): Promise<AuditRow | null> => {
      // The list goes on after a cursor: what comes first after the next number is the entry itself.
      const path = auditPath("", { cursor: String(entry + 1), limit: "1" });
      const { rows } = await fetchJson<AuditPage>(path, { signal });
      return rows.find((row) => row.entry === entry) ?? null;
    },
  });
