/** Records of a reading over SCIM, for tests. */

export interface Data {
  [member: string]: unknown;
}

const READING = {
  $scimRead: 1,
  application: "Team Chat",
  run: "2026-03-02T10:00:00.000Z",
  previous: "2026-03-01T10:00:00.000Z",
  at: "2026-03-02T10:00:05.000Z",
};

export const USER: Data = {
  ...READING,
  groupsRead: true,
  resource: {
    id: "2819c223",
    externalId: "00u1alice",
    userName: "alice@larkspur.example",
    displayName: "Alice Example",
    active: true,
    title: "Chemist",
    emails: [{ value: "alice@larkspur.example", primary: true }],
    roles: [{ value: "editor", display: "Editor" }],
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { department: "Research" },
    meta: { created: "2026-01-05T08:00:00Z" },
  },
};

export const GROUP: Data = {
  ...READING,
  group: {
    id: "e9e30dba",
    displayName: "Engineering",
    members: [{ value: "2819c223", display: "Alice Example" }],
  },
};

export const ENDED: Data = { ...READING, ended: { complete: true, users: 1, groups: 1, why: null } };
