"use client";
/** What lines of a log would become, the mapping that a source has, and setting another. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { RequestPreview } from "../../lib/ingest/preview-requests.ts";
import { fetchJson, sendJson } from "../data/api.ts";
import type { RequestMap } from "./request-fields.ts";

const MAPPING = "/api/v1/sources/mapping";

/** Nothing is asked without a line. */
export const previewQuery = (text: string, map: RequestMap) =>
  queryOptions({
    queryKey: ["request-preview", text, map],
    queryFn: () => sendJson<RequestPreview>("/api/v1/ingest/preview", "POST", { text, map }),
    enabled: text.trim() !== "",
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });

export interface SourceMap {
  source: string;
  map: RequestMap;
}

/** Nothing is asked without a name. */
export const mappingQuery = (source: string) =>
  queryOptions({
    queryKey: ["request-map", source],
    queryFn: () => fetchJson<SourceMap>(`${MAPPING}?source=${encodeURIComponent(source)}`),
    enabled: source !== "",
  });

/** @returns what was there before. */
export const keepMap = (wanted: SourceMap): Promise<SourceMap & { before: RequestMap }> =>
  sendJson(MAPPING, "PUT", wanted);
