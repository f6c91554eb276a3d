"use client";
/** Packs and schedules as the API tells them, and the acts that change them. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { PacksList } from "../../lib/packs/list-packs.ts";
import { fetchJson } from "../data/api.ts";

export const PACKS = "/api/v1/packs";

export const packsQuery = queryOptions({
  queryKey: ["packs"],
  queryFn: ({ signal }) => fetchJson<PacksList>(PACKS, { signal }),
});

/** An act, after which the page shows what is so now. @param send sends it. */
export function usePackAct<Input, Result>(send: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: ["packs"] }),
        client.invalidateQueries({ queryKey: ["audit"] }),
      ]);
    },
  });
}
