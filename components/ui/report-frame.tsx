"use client";
/** Around each report: problems in a sentence, the empty state, the last rows kept while newer come, the completeness line. */
import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { ReportBase } from "../../lib/reports/contract.ts";
import { BeingWorkedOut, isBeingWorkedOut } from "./being-worked-out.tsx";
import { Completeness } from "./completeness.tsx";
import { NothingYet } from "./nothing-yet.tsx";
import { Problem } from "./problem.tsx";
import { ReportSkeleton } from "./skeleton.tsx";

export function ReportFrame<R extends ReportBase>({
  title,
  will,
  query,
  children,
}: {
  title: string;
  /** What will be here once records have come in. */
  will: string;
  query: UseQueryResult<R>;
  children: (report: R) => ReactNode;
}) {
  const { data, error, refetch, isPlaceholderData } = query;
  // What was shown last stays, with its filters, also when the newer report can't be had.
  const [last, setLast] = useState(data);
  if (data !== undefined && data !== last) setLast(data);
  const shown = data ?? last;
  if (shown === undefined && isBeingWorkedOut(error)) return <BeingWorkedOut message={error.message} />;
  const problem =
    error === null ? null : (
      <Problem
        error={error}
        retry={() => void refetch()}
        since={shown === undefined ? 0 : Date.parse(shown.asOf)}
      />
    );
  const stale = isPlaceholderData || data === undefined;
  if (shown === undefined) return problem ?? <ReportSkeleton />;
  if (shown.completeness.sources.length === 0) return problem ?? <NothingYet title={title} will={will} />;
  return (
    <>
      {problem}
      <div aria-busy={isPlaceholderData} className={stale ? "opacity-60" : ""}>
        {children(shown)}
        <Completeness report={shown} />
      </div>
    </>
  );
}
