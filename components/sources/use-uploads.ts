"use client";
/** Files on their way in: one after the other, each with an id under which its progress can be asked for. */
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useCallback, useRef, useState } from "react";
import type { IngestRow } from "../../lib/reports/contract.ts";
import { ApiProblem, fetchJson } from "../data/api.ts";
import { JOBS_KEY } from "../jobs/use-jobs.ts";

const BEGUN_MS = 500;

export interface Upload {
  id: string;
  file: string;
  bytes: number;
  phase: "waiting" | "sending" | "done" | "failed";
  result: IngestRow | null;
  error: string | null;
}

/** What the person says of the files beside what is in them. Empty texts say nothing. */
export interface Origin {
  source: string;
  customer: string;
}

function addressOf(id: string, file: File, { source, customer }: Origin): string {
  const query = new URLSearchParams({ id, name: file.name });
  if (source.trim() !== "") query.set("source", source.trim());
  if (customer.trim() !== "") query.set("customer", customer.trim());
  return `/api/v1/ingest?${query}`;
}

/** Sends one file. A folder of many small ones is more than a client may send in a minute: those wait their turn. */
async function post(address: string, file: File): Promise<IngestRow> {
  for (;;) {
    try {
      return await fetchJson<IngestRow>(address, { method: "POST", body: file });
    } catch (error) {
      const wait = error instanceof ApiProblem && error.status === 429 ? error.retryAfter : null;
      if (wait === null) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait * 1_000));
    }
  }
}

export function useUploads(): { uploads: Upload[]; send: (files: readonly File[], origin: Origin) => void } {
  const [uploads, setUploads] = useState<Upload[]>([]);
  const queue = useRef<Promise<void>>(Promise.resolve());
  const waiting = useRef(0);
  const client = useQueryClient();
  const router = useRouter();

  const send = useCallback(
    (files: readonly File[], origin: Origin) => {
      const change = (id: string, part: Partial<Upload>) =>
        setUploads((all) => all.map((upload) => (upload.id === id ? { ...upload, ...part } : upload)));
      const sendOne = async (id: string, file: File) => {
        change(id, { phase: "sending" });
        // By then the server has begun to read, and says so among the work.
        setTimeout(() => void client.invalidateQueries({ queryKey: JOBS_KEY }), BEGUN_MS);
        try {
          const result = await post(addressOf(id, file, origin), file);
          change(id, { phase: "done", result });
        } catch (error) {
          change(id, { phase: "failed", error: error instanceof Error ? error.message : String(error) });
        }
        // Every answer may have changed; what the server has drawn is asked for anew once all files are in.
        await client.invalidateQueries();
        waiting.current--;
        if (waiting.current === 0) router.refresh();
      };
      for (const file of files) {
        const id = crypto.randomUUID();
        const upload: Upload = {
          id,
          file: file.name,
          bytes: file.size,
          phase: "waiting",
          result: null,
          error: null,
        };
        setUploads((all) => [...all, upload]);
        waiting.current++;
        queue.current = queue.current.then(() => sendOne(id, file));
      }
    },
    [client, router],
  );
  return { uploads, send };
}
