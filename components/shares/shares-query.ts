"use client";
/** Shared links as the API tells them, and the acts that change them. */
import { queryOptions } from "@tanstack/react-query";
import type { SharesList } from "../../lib/shares/list-shares.ts";
import { fetchJson } from "../data/api.ts";
import { useActOn } from "../data/use-act-on.ts";

export const SHARES = "/api/v1/shares";

export const sharesQuery = queryOptions({
  queryKey: ["shares"],
  queryFn: ({ signal }) => fetchJson<SharesList>(SHARES, { signal }),
});

/** An act on them. @param send as {@link useActOn} takes it. */
export const useShareAct = <Input, Result>(send: (input: Input) => Promise<Result>) =>
  useActOn("shares", send);
