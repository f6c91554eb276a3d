"use client";
/** Shared links as the API tells them, and the acts that change them. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { SharesList } from "../../lib/shares/list-shares.ts";
import { fetchJson } from "../data/api.ts";

export const SHARES = "/api/v1/shares";

export const sharesQuery = queryOptions({
  queryKey: ["shares"],
  queryFn: ({ signal }) => fetchJson<SharesList>(SHARES, { signal }),
});

/** An act, after which the page shows what is so now. @param send sends it. */
export function useShareAct<Input, Result>(send: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: ["shares"] }),
        client.invalidateQueries({ queryKey: ["audit"] }),
      ]);
    },
  });
}
