"use client";
/** Asks for a person's data to be withheld, and follows what becomes of it: the person has another name then. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { askedEvery, fetchJson, sendJson } from "../data/api.ts";
import type { PrivacyVerb } from "./privacy-words.ts";

interface Asked {
  id: string;
  done: boolean;
  problem: string | null;
  subject: string | null;
}

/** Between two looks at what became of it. */
const LOOK_MS = 1_500;

/** @param subject of whom. @returns what sends a request, and the one that is under way. */
export function useAsk(subject: string) {
  const router = useRouter();
  const [request, setRequest] = useState<string | null>(null);
  const path = `/api/v1/identities/${encodeURIComponent(subject)}/privacy`;
  const send = useMutation({
    mutationFn: (body: { verb: PrivacyVerb; reason: string }) => sendJson<{ id: string }>(path, "POST", body),
    onSuccess: ({ id }) => setRequest(id),
  });
  const { data } = useQuery({
    queryKey: ["privacy", request],
    queryFn: ({ signal }) => fetchJson<Asked>(`${path}?request=${request}`, { signal }),
    enabled: request !== null,
    refetchInterval: askedEvery<Asked>(({ done, problem }) => !(done || problem) && LOOK_MS),
  });
  const now = data?.done ? data.subject : null;
  useEffect(() => {
    if (now === null) return;
    if (now === subject) {
      setRequest(null);
      router.refresh();
    } else router.replace(`/identities/${encodeURIComponent(now)}`);
  }, [now, subject, router]);
  return {
    send,
    waiting: request !== null && data?.problem == null,
    problem: data?.problem ?? null,
  };
}
