"use client";
/** A page while the reports that it needs are worked out for the first time: it opens once they are there. */
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import type { OverviewReport } from "../../lib/reports/contract.ts";
import { fetchJson } from "../data/api.ts";
import { BeingWorkedOut, isBeingWorkedOut } from "./being-worked-out.tsx";
import { Problem } from "./problem.tsx";

export function ReportsPending({ message }: { message: string }) {
  const router = useRouter();
  const { data, error, refetch } = useQuery({
    queryKey: ["report", "overview", "first"],
    queryFn: ({ signal }) => fetchJson<OverviewReport>("/api/v1/reports/overview?limit=1", { signal }),
  });
  const there = data !== undefined;
  useEffect(() => {
    if (there) router.refresh();
  }, [there, router]);
  return error === null || isBeingWorkedOut(error) ? (
    <BeingWorkedOut message={error?.message ?? message} />
  ) : (
    <Problem error={error} retry={() => void refetch()} since={0} />
  );
}
