/** The one order in which a subject's events are read, whatever the order of arrival. */
import { type LAYERS, type LoggedEvent, OPERATIONS } from "../ingest/event.ts";

const LAYER_RANK = new Map<string, number>(
  (
    ["directory", "governance", "provisioning", "application", "access"] satisfies (typeof LAYERS)[number][]
  ).map((layer, rank) => [layer, rank]),
);
const OPERATION_RANK = new Map<string, number>(OPERATIONS.map((operation, rank) => [operation, rank]));

/** What the order of events depends on. */
export type EventPlace = Pick<LoggedEvent, "at" | "layer" | "operation" | "id">;

/** Compares by time; at the same instant the cause stands before its effect, and last the id decides. */
export function byEventOrder(a: EventPlace, b: EventPlace): number {
  return (
    a.at - b.at ||
    (LAYER_RANK.get(a.layer) ?? 0) - (LAYER_RANK.get(b.layer) ?? 0) ||
    (OPERATION_RANK.get(a.operation) ?? 0) - (OPERATION_RANK.get(b.operation) ?? 0) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}
