/** One event as timelines print it. */
import type { LoggedEvent } from "../ingest/event.ts";
import { iso } from "./base.ts";
import type { TimelineEvent } from "./contract.ts";
import { summaryOf } from "./summary.ts";

/** What happened, in words and in its parts. */
export function timelineEvent(event: LoggedEvent): TimelineEvent {
  return {
    id: event.id,
    at: iso(event.at),
    source: event.sourceId,
    layer: event.layer,
    operation: event.operation,
    outcome: event.outcome,
    detail: event.detail,
    nativeType: event.nativeType,
    application: event.application?.name ?? null,
    account: event.account?.userName ?? event.account?.id ?? null,
    entitlement: event.entitlement?.name ?? null,
    actor: event.actor?.name ?? event.actor?.id ?? null,
    error:
      event.error === null
        ? null
        : {
            class: event.error.class,
            code: event.error.code,
            httpStatus: event.error.httpStatus,
            message: event.error.message,
          },
    summary: summaryOf(event),
  };
}
