"use client";
/** Long work as it moves on: followed by server-sent events while any runs, asked for now and then otherwise. */
import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { JobRow, JobsReport } from "../../lib/reports/contract.ts";
import { askedEvery, fetchJson } from "../data/api.ts";

export const JOBS_KEY = ["jobs"];

export const jobsQuery = queryOptions({
  queryKey: JOBS_KEY,
  queryFn: ({ signal }) => fetchJson<JobsReport>("/api/v1/jobs", { signal }),
});

/** Nothing runs: what a colleague or a program begins is noticed after so long. */
const IDLE_MS = 30_000;
/** Where events can't be had. */
const POLL_MS = 2_000;
/** Then events are tried again. */
const AGAIN_MS = 30_000;

/** A hidden page follows nothing: browsers have six connections to a server for all of their tabs. */
const useVisible = (): boolean =>
  useSyncExternalStore(
    (changed) => {
      document.addEventListener("visibilitychange", changed);
      return () => document.removeEventListener("visibilitychange", changed);
    },
    () => document.visibilityState === "visible",
    () => false,
  );

/** Follows the events while `on`. @returns whether they come. */
function useStream(on: boolean): boolean {
  const client = useQueryClient();
  const [state, setState] = useState<"trying" | "open" | "broken">("trying");
  const broken = state === "broken";
  useEffect(() => {
    if (!on || broken) return;
    const source = new EventSource("/api/v1/jobs/stream");
    source.onopen = () => setState("open");
    source.addEventListener("jobs", (event) => {
      client.setQueryData(JOBS_KEY, JSON.parse(event.data as string) as JobsReport);
    });
    source.onerror = () => {
      // Cut off, the browser tries again by itself; refused, it does not.
      if (source.readyState === EventSource.CLOSED) setState("broken");
    };
    return () => source.close();
  }, [on, broken, client]);
  useEffect(() => {
    if (!broken) return;
    const timer = setTimeout(() => setState("trying"), AGAIN_MS);
    return () => clearTimeout(timer);
  }, [broken]);
  return on && state === "open";
}

const isRunning = ({ state }: JobRow) => state === "running";

/** @param enabled whether they may know of work at all. */
export function useJobs(enabled: boolean): { jobs: JobRow[]; running: number; error: Error | null } {
  const client = useQueryClient();
  const router = useRouter();
  const visible = useVisible();
  const [streaming, setStreaming] = useState(false);
  const { data, error } = useQuery({
    ...jobsQuery,
    enabled,
    staleTime: 0,
    refetchInterval: askedEvery<JobsReport>(({ jobs }) =>
      jobs.some(isRunning) ? !streaming && POLL_MS : IDLE_MS,
    ),
  });
  const jobs = data?.jobs ?? [];
  const running = jobs.filter(isRunning).length;
  const comes = useStream(enabled && visible && running > 0);
  useEffect(() => setStreaming(comes), [comes]);
  // What ended may have changed every number on the page.
  const before = useRef(0);
  useEffect(() => {
    if (running < before.current) {
      void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== JOBS_KEY[0] });
      router.refresh();
    }
    before.current = running;
  }, [running, client, router]);
  return { jobs, running, error };
}
