/** One event as timelines print it. */
import type { LoggedEvent } from "../ingest/event.ts";
import { iso } from "./base.ts";
import type { TimelineEvent } from "./contract.ts";

const VERBS: Record<LoggedEvent["operation"], string> = {
  create: "Create",
  update: "Update",
  deactivate: "Deactivate",
  reactivate: "Reactivate",
  delete: "Delete",
  "member-add": "Add to group",
  "member-remove": "Remove from group",
  "role-grant": "Grant role",
  "role-revoke": "Revoke role",
  "sign-in": "Sign-in",
  "credential-create": "Create credential",
  "credential-revoke": "Revoke credential",
  import: "Import",
  read: "Read",
  other: "Event",
};

/** The change in a few words: `Deactivate at Slack failed`. */
function summaryOf(event: LoggedEvent): string {
  const details: Partial<Record<NonNullable<LoggedEvent["detail"]>, string>> = {
    assignment:
      event.operation === "create"
        ? "Assign"
        : event.operation === "deactivate"
          ? "Unassign"
          : "Change assignment",
    suspend: event.operation === "reactivate" ? "Unsuspend" : "Suspend",
    schedule:
      event.operation === "create"
        ? "Schedule start"
        : event.operation === "deactivate"
          ? "Schedule termination"
          : "Schedule deletion",
    termination: "Termination",
    quarantine: "Quarantine",
  };
  const verb = (event.detail === null ? undefined : details[event.detail]) ?? VERBS[event.operation];
  const what = event.operation === "other" ? event.nativeType : verb;
  const entitlement = event.entitlement === null ? "" : ` ${event.entitlement.name}`;
  const where = event.application === null ? "" : ` at ${event.application.name}`;
  const byHand = event.detail === "by-hand" ? ", done by hand" : "";
  const outcome = { success: "", failure: " failed", skipped: " skipped", pending: " pending" }[
    event.outcome
  ];
  return `${what}${entitlement}${where}${outcome}${byHand}`;
}

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
