/** System Log records in Okta's real shape, for tests. */

const CLIENT = {
  userAgent: { rawUserAgent: "Mozilla/5.0", os: "Mac OS X", browser: "CHROME" },
  zone: "null",
  device: "Computer",
  id: null,
  ipAddress: "192.0.2.10",
  geographicalContext: null,
};

export const ALICE = {
  id: "00u1alice",
  type: "User",
  alternateId: "alice@larkspur.example",
  displayName: "Alice Example",
  detailEntry: null,
};
export const ADMIN = {
  id: "00u2bob",
  type: "User",
  alternateId: "bob@larkspur.example",
  displayName: "Bob Example",
  detailEntry: null,
};
const SYSTEM = {
  id: "okta",
  type: "SystemPrincipal",
  alternateId: "system@okta.com",
  displayName: "Okta System",
  detailEntry: null,
};
export const ACCOUNT = {
  id: "0ua1alice",
  type: "AppUser",
  alternateId: "alice@larkspur.example",
  displayName: "Alice Example",
  detailEntry: null,
};
export const APPLICATION = {
  id: "0oa1chat",
  type: "AppInstance",
  alternateId: "Team Chat",
  displayName: "Team Chat",
  detailEntry: null,
};
export const GROUP = {
  id: "00g1eng",
  type: "UserGroup",
  alternateId: "unknown",
  displayName: "Engineering",
  detailEntry: null,
};
export const APP_GROUP = { ...GROUP, id: "0ag1eng", type: "AppGroup" };
export const TOKEN = {
  id: "00T1sync",
  type: "Token",
  alternateId: "unknown",
  displayName: "nightly-sync",
  detailEntry: null,
};

export interface LogEvent {
  [member: string]: unknown;
}

/** A record of a type, with what differs from an unattended job's success on nothing. */
export function logEvent(eventType: string, differs: LogEvent = {}): LogEvent {
  return {
    uuid: "5f4dcc3b-0000-11f0-8000-000000000001",
    published: "2026-03-02T09:15:30.250Z",
    eventType,
    version: "0",
    severity: "INFO",
    displayMessage: "A message for people",
    legacyEventType: null,
    client: CLIENT,
    actor: SYSTEM,
    outcome: { result: "SUCCESS", reason: null },
    target: null,
    transaction: { type: "JOB", id: "job0001", detail: {} },
    debugContext: { debugData: {} },
    authenticationContext: { authenticationStep: 0, externalSessionId: "unknown" },
    securityContext: { isProxy: null },
    request: { ipChain: [] },
    ...differs,
  };
}

/** A failed attempt with the reason that the application gave. */
export function failedPush(reason: string | null): LogEvent {
  return logEvent("application.provision.user.push", {
    target: [APPLICATION, ALICE, ACCOUNT],
    outcome: { result: "FAILURE", reason },
    severity: "WARN",
  });
}
