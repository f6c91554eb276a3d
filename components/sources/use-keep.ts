"use client";
import { sendJson } from "../data/api.ts";
import { useActOn } from "../data/use-act-on.ts";

/** Sets how long a source's records are kept; `days` null: for good. @param then when the page knows. */
export const useKeep = (then: () => void) =>
  useActOn(
    "sources",
    (rule: { source: string; days: number | null }) => sendJson("/api/v1/sources/retention", "PUT", rule),
    then,
  );
