/** What each step of a drill asks for, and by what it shows. Pure. */
import type { Capability } from "../lifecycle/types.ts";
import type { ScimRequest } from "../scim/call.ts";
import { eq, pathOf } from "../scim/find.ts";
import { groupIn, groupsIn, sameName, type UserThere, userIn, usersIn } from "./resources.ts";
import type { DrillState, StepName } from "./state.ts";

const USER_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User";
const GROUP_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Group";
const PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/** People who come upon it are told what it is. */
const DISPLAY_NAME = "Rollcall drill (test account)";
const CHANGED_NAME = "Rollcall drill (test account, changed)";
const CHANGED_TITLE = "Changed by a drill";

/** An answer's status and content. */
interface Seen {
  status: number;
  json: unknown;
}

export interface Step {
  capability: Capability | null;
  /** The passage of a standard that asks for it. */
  requirement: string;
  /** For people: `deactivate the test account`. */
  what: string;
  /** Null: nothing is asked for, it is only looked. */
  write: ((state: DrillState) => ScimRequest) | null;
  look: (state: DrillState) => ScimRequest;
  /** Null: it shows. Else what is there instead, as the end of a sentence. */
  missing: (state: DrillState, seen: Seen) => string | null;
}

const patch = (...operations: object[]) => ({ schemas: [PATCH_OP], Operations: operations });
const userPath = ({ user }: DrillState) => pathOf("Users", user ?? "");
const groupPath = ({ groupThere }: DrillState) => pathOf("Groups", groupThere?.id ?? "");
export const lookAtUser = (state: DrillState): ScimRequest => ({ method: "GET", path: userPath(state) });
export const lookAtGroup = (state: DrillState): ScimRequest => ({ method: "GET", path: groupPath(state) });

export const findUser = ({ marks }: DrillState): ScimRequest => ({
  method: "GET",
  path: "/Users",
  query: { filter: eq("userName", marks.userName) },
});

export const findGroupNamed = (name: string): ScimRequest => ({
  method: "GET",
  path: "/Groups",
  query: { filter: eq("displayName", name) },
});

/** The account's state is what is asked about. */
const ofUser =
  (wrong: (user: UserThere, state: DrillState) => string | null): Step["missing"] =>
  (state, { status, json }) => {
    if (status !== 200) return `it was answered HTTP ${status} when it was read`;
    const user = userIn(json);
    if (user === null) return "what was read is no user";
    if (!sameName(user.userName, state.marks.userName))
      return `the account that was read is called ${user.userName ?? "nothing"}`;
    return wrong(user, state);
  };

const isMember = ({ user }: DrillState, { json }: Seen): boolean =>
  groupIn(json)?.members?.some(({ value }) => value === user) ?? false;

const setActive =
  (active: boolean) =>
  (state: DrillState): ScimRequest => ({
    method: "PATCH",
    path: userPath(state),
    body: patch({ op: "replace", path: "active", value: active }),
  });

/** What leaves it inactive. */
export const deactivateIt = setActive(false);
export const deleteIt = (state: DrillState): ScimRequest => ({ method: "DELETE", path: userPath(state) });
export const deleteGroup = (state: DrillState): ScimRequest => ({ method: "DELETE", path: groupPath(state) });

export const removeMember = (state: DrillState): ScimRequest => ({
  method: "PATCH",
  path: groupPath(state),
  body: patch({ op: "remove", path: `members[${eq("value", state.user ?? "")}]` }),
});

export const STEPS: Readonly<Record<StepName, Step>> = {
  create: {
    capability: "joiner",
    requirement: "RFC 7644 §3.3",
    what: "make the test account",
    write: ({ marks }) => ({
      method: "POST",
      path: "/Users",
      body: {
        schemas: [USER_SCHEMA],
        userName: marks.userName,
        externalId: marks.externalId,
        displayName: DISPLAY_NAME,
        name: { givenName: "Rollcall", familyName: "Drill" },
        emails: [{ value: marks.userName, type: "work", primary: true }],
        active: true,
      },
    }),
    look: lookAtUser,
    missing: ofUser(({ active }) => (active === false ? "the account is inactive" : null)),
  },
  find: {
    capability: "joiner",
    requirement: "RFC 7644 §3.4.2.2",
    what: "find the test account by its user name",
    write: null,
    look: findUser,
    missing: ({ marks, user }, { status, json }) => {
      if (status !== 200) return `it was answered HTTP ${status}`;
      const found = usersIn(json);
      if (found.some(({ id, userName }) => id === user && sameName(userName, marks.userName))) return null;
      return found.length === 0 ? "nobody was found" : "others were found, and not the test account";
    },
  },
  change: {
    capability: "mover",
    requirement: "RFC 7644 §3.5.2",
    what: "change its display name and title",
    write: (state) => ({
      method: "PATCH",
      path: userPath(state),
      body: patch(
        { op: "replace", path: "displayName", value: CHANGED_NAME },
        { op: "replace", path: "title", value: CHANGED_TITLE },
      ),
    }),
    look: lookAtUser,
    missing: ofUser(({ displayName, title }) => {
      const old = [
        displayName === CHANGED_NAME ? "" : "display name",
        title === CHANGED_TITLE ? "" : "title",
      ].filter((word) => word !== "");
      return old.length === 0 ? null : `the ${old.join(" and the ")} did not change`;
    }),
  },
  group: {
    capability: "roles",
    requirement: "RFC 7644 §3.3",
    what: "make a group",
    write: ({ marks }) => ({
      method: "POST",
      path: "/Groups",
      body: { schemas: [GROUP_SCHEMA], displayName: marks.groupName },
    }),
    look: lookAtGroup,
    missing: ({ marks }, { status, json }) =>
      status === 200 && sameName(groupIn(json)?.displayName, marks.groupName)
        ? null
        : `it was answered HTTP ${status} when it was read`,
  },
  enter: {
    capability: "roles",
    requirement: "RFC 7644 §3.5.2",
    what: "put it into the group",
    write: (state) => ({
      method: "PATCH",
      path: groupPath(state),
      body: patch({ op: "add", path: "members", value: [{ value: state.user }] }),
    }),
    look: lookAtGroup,
    missing: (state, seen) => {
      if (seen.status !== 200) return `the group was answered HTTP ${seen.status} when it was read`;
      return isMember(state, seen) ? null : "the group does not have it as a member";
    },
  },
  leave: {
    capability: "roles",
    requirement: "RFC 7644 §3.5.2",
    what: "take it out of the group",
    write: removeMember,
    look: lookAtGroup,
    missing: (state, seen) => {
      if (seen.status !== 200) return `the group was answered HTTP ${seen.status} when it was read`;
      return isMember(state, seen) ? "the group still has it as a member" : null;
    },
  },
  deactivate: {
    capability: "leaver",
    requirement: "RFC 7644 §3.5.2",
    what: "deactivate it",
    write: deactivateIt,
    look: lookAtUser,
    missing: ofUser(({ active }) => (active === false ? null : "the account is still active")),
  },
  reactivate: {
    capability: "joiner",
    requirement: "RFC 7644 §3.5.2",
    what: "reactivate it",
    write: setActive(true),
    look: lookAtUser,
    missing: ofUser(({ active }) => (active === true ? null : "the account is still inactive")),
  },
  delete: {
    capability: "leaver",
    requirement: "RFC 7644 §3.6",
    what: "delete it",
    write: deleteIt,
    look: lookAtUser,
    missing: (_, { status }) =>
      status === 404
        ? null
        : status === 200
          ? "the account is still there"
          : `it was answered HTTP ${status} when it was read, and not 404`,
  },
  retire: {
    capability: null,
    requirement: "RFC 7644 §3.5.2",
    what: "leave it inactive",
    write: deactivateIt,
    look: lookAtUser,
    missing: ofUser(({ active }) => (active === false ? null : "the account is still active")),
  },
  "remove-group": {
    capability: null,
    requirement: "RFC 7644 §3.6",
    what: "delete the group that was made",
    write: deleteGroup,
    look: lookAtGroup,
    missing: (_, { status }) => (status === 404 ? null : "the group is still there"),
  },
};

/** The group of that name; null: none. */
export const groupNamed = (json: unknown, name: string) =>
  groupsIn(json).find(({ displayName }) => sameName(displayName, name)) ?? null;
