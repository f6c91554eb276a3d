"use client";
import { type Query, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { askedAgain, mayPass } from "./api.ts";

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
        refetchInterval: askedAgain,
      },
    },
  });
}

/** What could not be had and has nothing to show stays a problem while it is asked for again: its sentence does not blink. */
function keepProblems(client: QueryClient): QueryClient {
  const problems = new WeakMap<Query, Error>();
  client.getQueryCache().subscribe((event) => {
    if (event.type !== "updated") return;
    const { query, action } = event;
    if (action.type === "error") problems.set(query, action.error);
    if (action.type === "success") problems.delete(query);
    const problem = problems.get(query);
    if (action.type === "fetch" && problem !== undefined && query.state.data === undefined)
      query.setState({ status: "error", error: problem });
  });
  return client;
}

export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(() => keepProblems(makeClient()));
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
