"use client";
/** An application's drills as the API tells them, and the acts that change them. */
import { queryOptions } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { DrillsOfApplication } from "../../lib/drills/list-drills.ts";
import { askedEvery, fetchJson } from "../data/api.ts";
import { useActOn } from "../data/use-act-on.ts";

/** While one runs, its steps are shown as they come. */
const RUNNING_MS = 1_000;

/** Address of an application's drills. */
export const drillsAt = (application: string): string => `/api/v1/drills/${encodeURIComponent(application)}`;

/** Whether one runs, or has been asked for and is to begin. */
export const isUnderWay = ({ running, nextRunAt }: DrillsOfApplication, now: number): boolean =>
  running !== null || (nextRunAt !== null && Date.parse(nextRunAt) <= now);

export const drillsQuery = (application: string) =>
  queryOptions({
    queryKey: ["drills", application],
    queryFn: ({ signal }) => fetchJson<DrillsOfApplication>(drillsAt(application), { signal }),
    refetchInterval: askedEvery<DrillsOfApplication>((drills) =>
      isUnderWay(drills, Date.now()) ? RUNNING_MS : false,
    ),
  });

/** An act on them, after which the page shows what is so now. @param send as {@link useActOn} takes it. */
export function useDrillAct<Input>(send: (input: Input) => Promise<unknown>, then?: () => void) {
  const router = useRouter();
  return useActOn("drills", send, () => {
    router.refresh();
    then?.();
  });
}
