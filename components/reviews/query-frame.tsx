"use client";
/** Around what is asked for: the shape of it until it comes, the problem in a sentence, what was shown last meanwhile. */
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Problem } from "../ui/problem.tsx";
import { ReportSkeleton } from "../ui/skeleton.tsx";

export function QueryFrame<T>({
  query: { data, error, refetch, dataUpdatedAt },
  children,
}: {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}) {
  return (
    <>
      {error === null ? null : <Problem error={error} retry={() => void refetch()} since={dataUpdatedAt} />}
      {data === undefined ? error === null && <ReportSkeleton /> : children(data)}
    </>
  );
}
