"use client";
/** What calls for somebody, and who is told of it? */
import { useQuery } from "@tanstack/react-query";
import type { AlertsReport } from "../../lib/alerts/contract.ts";
import { askedEvery } from "../data/api.ts";
import { Answer } from "../ui/answer.tsx";
import { Problem } from "../ui/problem.tsx";
import { OpenAlerts, ResolvedAlerts } from "./alert-tables.tsx";
import { alertsQuery } from "./alerts-query.ts";
import { ChannelsSection } from "./channels-section.tsx";
import { DigestSection } from "./digest-section.tsx";
import { RulesSection } from "./rules-section.tsx";
import { alertsWords } from "./words.ts";

/** Whoever has just set a channel up sees within moments how it fares. */
const POLL_MS = 5_000;

export function AlertsPage({ initial }: { initial: AlertsReport }) {
  const { data, error, refetch, dataUpdatedAt } = useQuery({
    ...alertsQuery,
    initialData: initial,
    initialDataUpdatedAt: Date.parse(initial.asOf),
    refetchInterval: askedEvery<AlertsReport>(({ channels }) => channels.length > 0 && POLL_MS),
  });
  return (
    <div className="space-y-8">
      <div>
        <Answer title="Alerts">{alertsWords(data)}</Answer>
        {error === null ? null : <Problem error={error} retry={() => void refetch()} since={dataUpdatedAt} />}
        {data.lastError === null ? null : (
          <p className="border-l-2 border-bad bg-sunken px-3 py-2">{data.lastError}</p>
        )}
      </div>
      <OpenAlerts report={data} />
      <ChannelsSection report={data} />
      <DigestSection report={data} />
      <RulesSection report={data} />
      <ResolvedAlerts report={data} />
    </div>
  );
}
