"use client";
/** An event beside the list that it was opened from. */
import { useQuery } from "@tanstack/react-query";
import type { EventDetail } from "../../lib/reports/contract.ts";
import { fetchJson } from "../data/api.ts";
import { Problem } from "../ui/problem.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { EventBody } from "./event-body.tsx";

/** Fetches an event and shows it; the shape of it until it comes. */
export function EventById({ id }: { id: string }) {
  const { data, error, refetch, dataUpdatedAt } = useQuery({
    queryKey: ["event", id],
    queryFn: ({ signal }) => fetchJson<EventDetail>(`/api/v1/events/${encodeURIComponent(id)}`, { signal }),
  });
  return (
    <>
      {error === null ? null : <Problem error={error} retry={() => void refetch()} since={dataUpdatedAt} />}
      {data === undefined && error === null ? (
        <div
          role="status"
          aria-label="Fetching the record"
          className="h-96 motion-safe:animate-pulse rounded bg-sunken"
        />
      ) : null}
      {data === undefined ? null : <EventBody event={data} />}
    </>
  );
}

export function EventPanel({ id, onClose }: { id: string; onClose: () => void }) {
  return (
    <SidePanel title="Event" onClose={onClose}>
      <EventById id={id} />
    </SidePanel>
  );
}
