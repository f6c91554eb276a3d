/** Events for the rules' tests, written as short as the story they tell. */
import type { LoggedEvent } from "../ingest/event.ts";
import { personRef } from "./refs.ts";

export const DAY = 86_400_000;
export const HOUR = 3_600_000;
export const MINUTE = 60_000;
/** The day on which the stories begin. */
export const START = Date.parse("2026-01-01T00:00:00Z");

let made = 0;

/** An event about Alice at `days` after the start; what differs from a successful directory update is given. */
export function event(days: number, given: Partial<LoggedEvent> = {}): LoggedEvent {
  made += 1;
  return {
    id: `${made.toString(16).padStart(64, "0")}:0`,
    sourceId: "okta",
    nativeId: null,
    nativeType: "test",
    at: START + Math.round(days * DAY),
    effectiveAt: null,
    layer: "directory",
    operation: "update",
    outcome: "success",
    object: "user",
    detail: null,
    active: null,
    person: person("alice"),
    application: null,
    account: null,
    entitlement: null,
    credential: null,
    actor: null,
    error: null,
    attributes: null,
    attributesBefore: null,
    correlationId: null,
    ...given,
  };
}

export function person(name: string, id: string | null = `id-${name}`): NonNullable<LoggedEvent["person"]> {
  const mail = `${name}@larkspur.example`;
  return { id, externalId: null, userName: mail, email: mail, displayName: name };
}

export const ALICE = personRef("okta", "id-alice");

const slack = { id: null, name: "Slack" };
const account = { id: "acc-1", userName: "alice@larkspur.example", displayName: null };

/** An attempt at Slack on Alice's account. */
export function attempt(
  days: number,
  operation: LoggedEvent["operation"],
  given: Partial<LoggedEvent> = {},
): LoggedEvent {
  return event(days, { layer: "provisioning", operation, application: slack, account, ...given });
}

/** The failure of an attempt. */
export function failed(
  days: number,
  operation: LoggedEvent["operation"],
  error: Partial<NonNullable<LoggedEvent["error"]>> = {},
): LoggedEvent {
  return attempt(days, operation, {
    outcome: "failure",
    error: {
      class: "server",
      code: null,
      httpStatus: 500,
      scimType: null,
      message: "it failed",
      advice: null,
      ...error,
    },
  });
}

export function signIn(days: number, given: Partial<LoggedEvent> = {}): LoggedEvent {
  return event(days, { layer: "access", operation: "sign-in", application: slack, account, ...given });
}
