/** Records of a SCIM server's log, for tests. */

export interface Data {
  [member: string]: unknown;
}

const USER_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User";
const ENTERPRISE_SCHEMA = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/** What an identity provider sends to have an account made. */
export const NEW_USER: Data = {
  schemas: [USER_SCHEMA, ENTERPRISE_SCHEMA],
  userName: "alice",
  externalId: "00u1alice",
  name: { givenName: "Alice", familyName: "Example" },
  emails: [
    { type: "home", value: "other@larkspur.example" },
    { type: "work", value: "alice@larkspur.example", primary: true },
  ],
  active: true,
  [ENTERPRISE_SCHEMA]: { department: "Research" },
};

/** What the application answers. */
export const USER: Data = {
  ...NEW_USER,
  id: "u-1",
  displayName: "Alice Example",
  meta: { resourceType: "User", location: "https://chat.larkspur.example/scim/v2/Users/u-1" },
};

export const GROUP: Data = {
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
  id: "g-1",
  displayName: "Engineering",
  members: [{ value: "u-1", display: "Alice Example" }, { value: "u-2" }],
};

export const error = (status: number, detail: string, scimType?: string): Data => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
  status: String(status),
  detail,
  ...(scimType === undefined ? {} : { scimType }),
});

export const patch = (...Operations: Data[]): Data => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
  Operations,
});

/** A request of the log; `differs` replaces members. */
export function entry(method: string, path: string, status: number | null, differs: Data = {}): Data {
  return {
    id: "req-1",
    time: "2026-03-02T09:15:30.250Z",
    method,
    path: `/scim/v2${path}`,
    status,
    application: "Team Chat",
    caller: "okta-provisioning",
    duration: 12,
    ...differs,
  };
}
