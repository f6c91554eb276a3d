"use client";
/** SCIM sources as the API tells them, and the acts that change them. */
import { queryOptions } from "@tanstack/react-query";
import type { ScimSourcesList } from "../../lib/scim-server/list-scim-sources.ts";
import { fetchJson } from "../data/api.ts";
import { useActOn } from "../data/use-act-on.ts";

export const SCIM_SOURCES = "/api/v1/scim-sources";

export interface ScimSourcesTold extends ScimSourcesList {
  /** Where identity providers provision. */
  url: string;
}

export type ScimSourceTold = ScimSourcesTold["sources"][number];

export interface MadeSource {
  source: string;
  /** The token, told this once. */
  secret: string;
}

export const scimSourcesQuery = queryOptions({
  queryKey: ["scim-sources"],
  queryFn: ({ signal }) => fetchJson<ScimSourcesTold>(SCIM_SOURCES, { signal }),
});

/** An act on them. @param send as {@link useActOn} takes it. */
export const useScimSourceAct = <Input, Result>(send: (input: Input) => Promise<Result>) =>
  useActOn("scim-sources", send);
