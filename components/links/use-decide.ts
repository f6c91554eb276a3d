"use client";
/** Sends a decision on who is who; every answer may change with it. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { LinksReport } from "../../lib/reports/contract.ts";
import { sendJson } from "../data/api.ts";

export interface DecisionInput {
  a: string;
  b: string;
  verdict: "same" | "different" | "withdrawn";
  reason: string;
}

export const LINKS_KEY = ["links"];

export function useDecide() {
  const client = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: (decision: DecisionInput) => sendJson<LinksReport>("/api/v1/links", "POST", decision),
    onSuccess: async (report) => {
      client.setQueryData(LINKS_KEY, report);
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== LINKS_KEY[0] });
      router.refresh();
    },
  });
}
