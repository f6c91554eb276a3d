/** What a status says, of a person and of an assignment: docs/formats/okta-snapshot.md. */

/**
 * Okta's statuses of a user (Users API, "User status"). `there`: the person is one of the organisation, whether or not
 * the password works now; `ahead`: not yet.
 */
const USERS = {
  STAGED: "ahead",
  PROVISIONED: "there",
  ACTIVE: "there",
  RECOVERY: "there",
  PASSWORD_EXPIRED: "there",
  LOCKED_OUT: "there",
  SUSPENDED: "suspended",
  DEPROVISIONED: "gone",
} as const;

/**
 * Okta's statuses of an application's user (Application Users API). `found`: the account came from the application and is
 * assigned to nobody.
 */
const APPLICATION_USERS = {
  STAGED: "assigned",
  PENDING: "assigned",
  APPROVED: "assigned",
  PROVISIONED: "assigned",
  ACTIVE: "assigned",
  SUSPENDED: "held",
  INACTIVE: "taken",
  REVOKED: "taken",
  DEPROVISIONED: "taken",
  IMPORTED: "found",
  MATCHED: "found",
  UNASSIGNED: "unassigned",
} as const;

type UserState = (typeof USERS)[keyof typeof USERS];
type ApplicationUserState = (typeof APPLICATION_USERS)[keyof typeof APPLICATION_USERS];

const USER_STATES = new Map<string, UserState>(Object.entries(USERS));
const APPLICATION_USER_STATES = new Map<string, ApplicationUserState>(Object.entries(APPLICATION_USERS));

/** @returns undefined for a status that no user has. */
export const userState = (status: string | null): UserState | undefined =>
  USER_STATES.get(status?.toUpperCase() ?? "");

/** A status that Okta has not told of yet is an assignment still: better one too many than an account unseen. */
export const applicationUserState = (status: string | null): ApplicationUserState =>
  APPLICATION_USER_STATES.get(status?.toUpperCase() ?? "") ?? "assigned";
