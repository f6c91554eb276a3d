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

/** What happened in an access review, by the record's type and, of a decision, what was decided. */
const REVIEW_WORDS: Record<string, string> = {
  "review.opened": "Access review opened",
  "review.put": "Put into an access review",
  "review.looked": "Opened by its reviewer",
  "review.given": "Given to another reviewer",
  "review.exempted": "Exempted from being revoked",
  "review.handed-off": "Task handed off",
  "review.reminded": "Reviewer reminded",
  "review.recurs": "When an access review is opened again",
  "review.ended": "Access review ended",
  "review.closed": "Access review closed",
};

const DECISION_WORDS: Record<string, string> = {
  keep: "Reviewed: keep",
  revoke: "Reviewed: revoke",
  change: "Reviewed: change",
  "cant-say": "Reviewed: can't say",
  withdraw: "Review decision withdrawn",
};

function reviewSummary({ nativeType, application, attributes }: LoggedEvent): string {
  const decided = DECISION_WORDS[attributes?.decision ?? ""];
  const reason = attributes?.reason === undefined ? "" : `: ${attributes.reason}`;
  const where = application === null ? "" : ` at ${application.name}`;
  return `${decided ?? REVIEW_WORDS[nativeType] ?? nativeType}${where}${reason}`;
}

const TRIAL_WORDS: Record<string, string> = {
  drill: "Drill",
  followed: "Followed test person",
  conformance: "Conformance check",
};

/** `Drill of deactivate at Slack failed`. */
function trialSummary({ attributes, application, operation, outcome }: LoggedEvent): string {
  const kind = TRIAL_WORDS[attributes?.kind ?? ""] ?? "Trial";
  const what = operation === "other" ? "" : ` of ${VERBS[operation].toLowerCase()}`;
  const where = application === null ? "" : ` at ${application.name}`;
  return `${kind}${what}${where} ${outcome === "success" ? "passed" : outcome === "failure" ? "failed" : "skipped"}`;
}

/** The change in a few words: `Deactivate at Slack failed`. */
export function summaryOf(event: LoggedEvent): string {
  if (event.layer === "governance") return reviewSummary(event);
  if (event.detail === "trial") return trialSummary(event);
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
