"use client";
/** The button that loads the sample company, and how far the loading is. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { fetchJson } from "../data/api.ts";
import { count } from "../format/number.ts";
import { Problem } from "../ui/problem.tsx";
import { sourcesQuery } from "./sources-query.ts";

const POLL_MS = 700;

export function LoadSample() {
  const router = useRouter();
  const client = useQueryClient();
  const load = useMutation({
    mutationFn: () => fetchJson<{ outcome: string }>("/api/v1/sample", { method: "POST" }),
    onSuccess: async () => {
      await client.invalidateQueries();
      router.refresh();
    },
  });
  const { data } = useQuery({
    ...sourcesQuery,
    enabled: load.isPending,
    refetchInterval: POLL_MS,
    staleTime: 0,
  });
  const records = data?.ingests.reduce((sum, ingest) => sum + ingest.records, 0) ?? 0;
  const running = data?.ingests.find((ingest) => ingest.state === "running")?.file;
  return (
    <div>
      <button
        type="button"
        className="button button-main"
        disabled={load.isPending || load.isSuccess}
        onClick={() => load.mutate()}
      >
        Explore the sample company
      </button>
      {load.isPending ? (
        <p role="status" className="mt-2 text-sm text-soft">
          {count(records)} records loaded
          {running === undefined || running === null ? "" : `, now reading ${running}`}.
        </p>
      ) : null}
      {load.error === null ? null : <Problem error={load.error} retry={() => load.mutate()} />}
    </div>
  );
}
