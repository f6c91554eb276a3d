/** WorkOS events in their real shape, for tests. */

export interface Data {
  [member: string]: unknown;
}

export const USER: Data = {
  object: "directory_user",
  id: "directory_user_01ALICE",
  directory_id: "directory_01LARKSPUR",
  organization_id: "org_01LARKSPUR",
  idp_id: "00u1alice",
  email: "alice@larkspur.example",
  first_name: "Alice",
  last_name: "Example",
  emails: [
    { primary: false, type: "home", value: "other@larkspur.example" },
    { primary: true, type: "work", value: "alice@larkspur.example" },
  ],
  job_title: "Chemist",
  username: "alice",
  state: "active",
  raw_attributes: {},
  custom_attributes: { department: "Research", manager_email: "bob@larkspur.example" },
  role: { slug: "member" },
  created_at: "2026-03-02T09:15:30.250Z",
  updated_at: "2026-03-02T09:15:30.250Z",
};

export const GROUP: Data = {
  object: "directory_group",
  id: "directory_group_01ENG",
  idp_id: "02eng",
  directory_id: "directory_01LARKSPUR",
  organization_id: "org_01LARKSPUR",
  name: "Engineering",
  raw_attributes: {},
  created_at: "2026-03-02T09:15:30.250Z",
  updated_at: "2026-03-02T09:15:30.250Z",
};

export const DIRECTORY: Data = {
  object: "directory",
  id: "directory_01LARKSPUR",
  organization_id: "org_01LARKSPUR",
  type: "okta scim v2.0",
  state: "active",
  name: "Larkspur Labs",
  created_at: "2026-03-02T09:15:30.250Z",
  updated_at: "2026-03-02T09:15:30.250Z",
};

export const TOKEN: Data = {
  object: "directory_token",
  id: "directory_token_01LARKSPUR",
  directory_id: "directory_01LARKSPUR",
  organization_id: "org_01LARKSPUR",
  token_suffix: "a1b2",
  created_at: "2026-03-02T09:15:30.250Z",
};

/** An event of the Events API; `differs` replaces members of its envelope. */
export function event(name: string, data: Data, differs: Data = {}): Data {
  return {
    object: "event",
    id: "event_01LARKSPUR",
    event: name,
    data,
    created_at: "2026-03-02T09:15:30.250Z",
    ...differs,
  };
}
