"use client";
/** Begins long work. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { sendJson } from "../data/api.ts";
import { JOBS_KEY } from "./use-jobs.ts";

/** Sends the request that begins it, and has the list show it. */
export function useBegin(path: string, onBegun: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Record<string, string>) => sendJson<{ id: string }>(path, "POST", body),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: JOBS_KEY });
      onBegun();
    },
  });
}
