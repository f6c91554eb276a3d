"use client";
/** Alerts as the API tells them, and the acts that change what is set of them. */
import { queryOptions } from "@tanstack/react-query";
import type { AlertsReport } from "../../lib/alerts/contract.ts";
import { fetchJson } from "../data/api.ts";
import { useActOn } from "../data/use-act-on.ts";

export const ALERTS = "/api/v1/alerts";

/** Address of a channel. */
export const channelAt = (name: string): string => `${ALERTS}/channels/${encodeURIComponent(name)}`;

export const alertsQuery = queryOptions({
  queryKey: ["alerts"],
  queryFn: ({ signal }) => fetchJson<AlertsReport>(ALERTS, { signal }),
});

/** An act on them. @param send as {@link useActOn} takes it. */
export const useAlertAct = <Input, Result>(send: (input: Input) => Promise<Result>, then?: () => void) =>
  useActOn("alerts", send, then);
