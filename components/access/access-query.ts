"use client";
/** Who may come in, as the API tells it, and the acts that change it. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { MembersList } from "../../lib/auth/members/list-members.ts";
import type { TokensList } from "../../lib/auth/tokens/list-tokens.ts";
import { fetchJson } from "../data/api.ts";

export const membersQuery = queryOptions({
  queryKey: ["access", "members"],
  queryFn: ({ signal }) => fetchJson<MembersList>("/api/v1/members", { signal }),
});

export const tokensQuery = queryOptions({
  queryKey: ["access", "tokens"],
  queryFn: ({ signal }) => fetchJson<TokensList>("/api/v1/tokens", { signal }),
});

/**
 * An act, after which the page shows what is so now.
 * @param send sends it. @throws {ApiProblem} into the mutation's `error`.
 */
export function useAct<Input, Result>(send: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: send,
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: ["access"] }),
        client.invalidateQueries({ queryKey: ["audit"] }),
      ]);
      // Whoever changed themselves may see other pages now.
      router.refresh();
    },
  });
}

/** Whoever shut themselves out leaves the whole document: nothing that was read stays in this browser. */
export const leave = (): void => window.location.assign("/signin");
