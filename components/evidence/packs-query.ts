"use client";
/** Packs and schedules as the API tells them, and the acts that change them. */
import { queryOptions } from "@tanstack/react-query";
import type { PacksList } from "../../lib/packs/list-packs.ts";
import { fetchJson } from "../data/api.ts";
import { useActOn } from "../data/use-act-on.ts";

export const PACKS = "/api/v1/packs";

export const packsQuery = queryOptions({
  queryKey: ["packs"],
  queryFn: ({ signal }) => fetchJson<PacksList>(PACKS, { signal }),
});

/** An act on them. @param send as {@link useActOn} takes it. */
export const usePackAct = <Input, Result>(send: (input: Input) => Promise<Result>) => useActOn("packs", send);
