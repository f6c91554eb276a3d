/** An event in a few words. */
import type { LoggedEvent } from "../ingest/event.ts";

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
export function summaryOf(event: LoggedEvent): string {
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
