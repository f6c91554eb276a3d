/** Objects as Okta's API lists them, for tests. */

export interface Data {
  [member: string]: unknown;
}

const HOST = "https://larkspur.okta.example/api/v1";

export const USER: Data = {
  id: "00u1alice",
  status: "ACTIVE",
  created: "2025-01-07T08:00:00.000Z",
  activated: "2025-01-07T08:30:00.000Z",
  statusChanged: "2025-06-02T07:00:00.000Z",
  lastLogin: "2026-03-01T06:55:00.000Z",
  lastUpdated: "2025-11-10T12:00:00.000Z",
  passwordChanged: "2025-06-02T07:00:00.000Z",
  type: { id: "otyfnjfba" },
  profile: {
    login: "alice@larkspur.example",
    email: "alice.example@larkspur.example",
    firstName: "Alice",
    lastName: "Example",
    department: "Research",
    title: "Chemist",
    managerId: "00u2bob",
    manager: null,
  },
  credentials: { provider: { type: "OKTA", name: "OKTA" } },
  _links: { self: { href: `${HOST}/users/00u1alice` } },
};

export const APP: Data = {
  id: "0oa1chat",
  name: "teamchat",
  label: "Team Chat",
  status: "ACTIVE",
  lastUpdated: "2025-03-04T10:00:00.000Z",
  created: "2024-12-01T10:00:00.000Z",
  accessibility: { selfService: false },
  features: ["PUSH_USER_DEACTIVATION", "PUSH_NEW_USERS"],
  signOnMode: "SAML_2_0",
  credentials: { userNameTemplate: { type: "BUILT_IN" } },
  _links: { users: { href: `${HOST}/apps/0oa1chat/users` } },
};

export const APP_USER: Data = {
  id: "00u1alice",
  externalId: "U0451",
  created: "2025-01-08T09:00:00.000Z",
  lastUpdated: "2025-11-10T12:00:30.000Z",
  scope: "GROUP",
  status: "PROVISIONED",
  statusChanged: "2025-01-08T09:00:20.000Z",
  passwordChanged: null,
  syncState: "SYNCHRONIZED",
  lastSync: "2025-11-10T12:00:29.000Z",
  credentials: { userName: "alice" },
  profile: { displayName: "Alice Example", title: "Chemist" },
  appLabel: "Team Chat",
  _links: { app: { href: `${HOST}/apps/0oa1chat` }, user: { href: `${HOST}/users/00u1alice` } },
};

export const GROUP: Data = {
  id: "00g1eng",
  created: "2024-11-01T08:00:00.000Z",
  lastUpdated: "2025-02-01T08:00:00.000Z",
  lastMembershipUpdated: "2026-01-15T08:00:00.000Z",
  objectClass: ["okta:user_group"],
  type: "OKTA_GROUP",
  profile: { name: "Engineering", description: null },
};

/** A user as a group's list gives them, with the group that Rollcall's connector adds. */
export const MEMBER: Data = {
  ...USER,
  memberOf: {
    id: GROUP.id,
    type: GROUP.type,
    created: GROUP.created,
    lastMembershipUpdated: GROUP.lastMembershipUpdated,
    name: "Engineering",
  },
};
