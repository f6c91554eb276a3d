"use client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { againAfter, mayPass } from "./api.ts";

/** A report is worth asking for again after a minute: records arrive at the pace of people joining and leaving. */
const FRESH_MS = 60_000;

function makeClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        // A server that was busy is asked once more.
        retry: (failures, error) => failures < 1 && mayPass(error),
        // What is shown stays when newer can't be had, and is asked for until it can.
        refetchInterval: ({ state }) => againAfter(state),
      },
    },
  });
}

export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(makeClient);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
