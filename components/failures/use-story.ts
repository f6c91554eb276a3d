"use client";
/** Asking for the story of a failure group: at first with some of those whom it affects, with all on wish. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { FailureStory } from "../../lib/reports/contract.ts";
import { fetchJson } from "../data/api.ts";
import { LIST_PART } from "../ui/list-part.ts";
import { STORY_KEY } from "./use-triage.ts";

/**
 * @param asOf a past moment of the address; null: now.
 * @param initial what the page came with.
 */
export function useStory(group: string, asOf: string | null, initial?: FailureStory) {
  /** Of which group all were wished for. */
  const [wished, setWished] = useState<string | null>(null);
  const all = wished === group;
  const ask = (more: Record<string, string>) => {
    const search = new URLSearchParams({ ...(asOf === null ? {} : { asOf }), ...more });
    return {
      queryKey: [...STORY_KEY, group, search.toString()],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        fetchJson<FailureStory>(`/api/v1/failures/${encodeURIComponent(group)}?${search}`, { signal }),
    };
  };
  const some = useQuery({
    ...ask({ limit: `${LIST_PART}` }),
    ...(initial === undefined
      ? {}
      : { initialData: initial, initialDataUpdatedAt: Date.parse(initial.asOf) }),
  });
  const whole = useQuery({ ...ask({}), enabled: all });
  // Those who are there stay in sight until all have come.
  const shown = all && (whole.data !== undefined || whole.error !== null) ? whole : some;
  return {
    story: (all ? whole.data : undefined) ?? some.data,
    error: shown.error,
    retry: () => void shown.refetch(),
    fetchAll: () => setWished(group),
  };
}
