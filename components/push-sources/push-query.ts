"use client";
/** Push sources as the API tells them, and the acts that change them. */
import { queryOptions } from "@tanstack/react-query";
import type { PushSecret } from "../../lib/push/add-push-source.ts";
import type { PushSourcesList, PushSourceTold } from "../../lib/push/list-push-sources.ts";
import { fetchJson } from "../data/api.ts";
import { useActOn } from "../data/use-act-on.ts";

export const PUSH_SOURCES = "/api/v1/push-sources";

/** Address of one of them in the API. */
export const pushSourceAt = (source: string): string => `${PUSH_SOURCES}/${encodeURIComponent(source)}`;

export interface PushSourcesTold extends PushSourcesList {
  /** Rollcall's own address, before each path. */
  base: string;
}

export type { PushSecret, PushSourceTold };

export const pushSourcesQuery = queryOptions({
  queryKey: ["push-sources"],
  queryFn: ({ signal }) => fetchJson<PushSourcesTold>(PUSH_SOURCES, { signal }),
});

/** An act on them. @param send as {@link useActOn} takes it. */
export const usePushAct = <Input, Result>(send: (input: Input) => Promise<Result>, then?: () => void) =>
  useActOn("push-sources", send, then);
