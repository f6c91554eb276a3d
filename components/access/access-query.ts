"use client";
/** Who may come in, as the API tells it, and the acts that change it. */
import { queryOptions } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { MembersList } from "../../lib/auth/members/list-members.ts";
import type { TokensList } from "../../lib/auth/tokens/list-tokens.ts";
import { fetchJson } from "../data/api.ts";
import { useActOn } from "../data/use-act-on.ts";

export const membersQuery = queryOptions({
  queryKey: ["access", "members"],
  queryFn: ({ signal }) => fetchJson<MembersList>("/api/v1/members", { signal }),
});

export const tokensQuery = queryOptions({
  queryKey: ["access", "tokens"],
  queryFn: ({ signal }) => fetchJson<TokensList>("/api/v1/tokens", { signal }),
});

/** An act on them. @param send as {@link useActOn} takes it. */
export function useAct<Input, Result>(send: (input: Input) => Promise<Result>) {
  const router = useRouter();
  // Whoever changed themselves may see other pages now.
  return useActOn("access", send, () => router.refresh());
}

/** Whoever shut themselves out leaves the whole document: nothing that was read stays in this browser. */
export const leave = (): void => window.location.assign("/signin");
