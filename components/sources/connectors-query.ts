"use client";
/** Live sources as the API tells them, and the acts that change them. */
import { queryOptions } from "@tanstack/react-query";
import type { ConnectorsReport } from "../../lib/reports/contract.ts";
import { fetchJson } from "../data/api.ts";
import { useActOn } from "../data/use-act-on.ts";

export const CONNECTORS = "/api/v1/connectors";

/** Address of one of them. */
export const connectorAt = (name: string): string => `${CONNECTORS}/${encodeURIComponent(name)}`;

export const connectorsQuery = queryOptions({
  queryKey: ["connectors"],
  queryFn: ({ signal }) => fetchJson<ConnectorsReport>(CONNECTORS, { signal }),
});

/** An act on them. @param send as {@link useActOn} takes it. */
export const useConnectorAct = <Input, Result>(send: (input: Input) => Promise<Result>, then?: () => void) =>
  useActOn("connectors", send, then);
