"use client";
/** Asking for the story of a failure group: at first with some of those whom it affects, with all on wish. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
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
  const [whole, setWhole] = useState<string | null>(null);
  const all = whole === group;
  const { data, error, refetch } = useQuery({
    queryKey: [...STORY_KEY, group, asOf, all],
    queryFn: ({ signal }) => {
      const search = new URLSearchParams({
        ...(asOf === null ? {} : { asOf }),
        ...(all ? {} : { limit: `${LIST_PART}` }),
      });
      return fetchJson<FailureStory>(`/api/v1/failures/${encodeURIComponent(group)}?${search}`, { signal });
    },
    ...(initial === undefined || all
      ? {}
      : { initialData: initial, initialDataUpdatedAt: Date.parse(initial.asOf) }),
    // Those who are there stay in sight until all have come.
    ...(all ? { placeholderData: keepPreviousData<FailureStory> } : {}),
  });
  return { story: data, error, retry: () => void refetch(), fetchAll: () => setWhole(group) };
}
