/** Asking for the story of a failure group. */
import type { FailureStory } from "../../lib/reports/contract.ts";
import { fetchJson } from "../data/api.ts";
import { STORY_KEY } from "./use-triage.ts";

/** @param asOf a past moment of the address; null: now. */
export const storyQuery = (group: string, asOf: string | null) => ({
  queryKey: [...STORY_KEY, group, asOf],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    fetchJson<FailureStory>(
      `/api/v1/failures/${encodeURIComponent(group)}${asOf === null ? "" : `?asOf=${encodeURIComponent(asOf)}`}`,
      { signal },
    ),
});
