/**
 * OneLogin's event types by their numbers and what each witnesses: docs/semantics.md §2, docs/formats/onelogin.md.
 * The numbers: developers.onelogin.com, "Event Resource and Types".
 */
import type { Detail, ErrorClass, Layer, ObjectKind, Operation, Outcome } from "../../event.ts";

export interface EventType {
  /** In words, for a number says nothing to people. */
  name: string;
  layer: Layer;
  operation: Operation;
  object: ObjectKind | null;
  outcome: Outcome;
  detail: Detail | null;
  active: boolean | null;
  errorClass: ErrorClass | null;
  /** Where it happens: at an app, in a directory that OneLogin writes to, at OneLogin itself. */
  at: "app" | "directory" | null;
  /** What is given or taken. */
  entitlement: "role" | "privilege" | null;
}

function kind(
  layer: Layer,
  operation: Operation,
  object: ObjectKind | null,
  name: string,
  more: Partial<EventType> = {},
): EventType {
  return {
    name,
    layer,
    operation,
    object,
    outcome: "success",
    detail: null,
    active: null,
    errorClass: null,
    at: null,
    entitlement: null,
    ...more,
  };
}

const failure = { outcome: "failure" } as const;
const directory = (operation: Operation, name: string, more: Partial<EventType> = {}) =>
  kind("directory", operation, "user", name, more);
const member = (operation: "member-add" | "member-remove", name: string, more: Partial<EventType> = {}) =>
  directory(operation, name, { entitlement: "role", ...more });
const inApp = (operation: Operation, name: string, more: Partial<EventType> = {}) =>
  kind("provisioning", operation, "user", name, { at: "app", ...more });
const inDirectory = (operation: Operation, name: string, more: Partial<EventType> = {}) =>
  kind("provisioning", operation, "user", name, { at: "directory", ...more });
const connection = (name: string, more: Partial<EventType> = {}) =>
  kind("provisioning", "other", "application", name, { at: "app", ...failure, ...more });
const signIn = (name: string, at: EventType["at"] = null) => kind("access", "sign-in", "user", name, { at });
const refused = (name: string, at: EventType["at"] = null): EventType => ({
  ...signIn(name, at),
  ...failure,
  errorClass: "authentication",
});
const apiCredential = (operation: Operation, name: string) =>
  kind("directory", operation, "credential", name);

const TYPES = new Map<number, EventType>([
  [13, directory("create", "user created", { active: true })],
  [533, directory("create", "user created by API", { active: true })],
  [14, directory("update", "user updated")],
  [529, directory("update", "user updated by API")],
  [15, directory("deactivate", "user deactivated", { active: false })],
  [16, directory("reactivate", "user activated", { active: true })],
  [21, directory("deactivate", "user suspended", { active: false, detail: "suspend" })],
  [32, directory("reactivate", "user reactivated", { active: true, detail: "suspend" })],
  [17, directory("delete", "user deleted")],
  [530, directory("delete", "user deleted by API")],
  [33, directory("import", "user imported from directory")],
  [48, directory("import", "user imported")],
  [49, directory("update", "user update failed", failure)],
  [532, directory("update", "user update by API failed", failure)],
  [116, directory("create", "user creation failed", failure)],
  [534, directory("create", "user creation by API failed", failure)],
  [524, directory("delete", "user deletion by API failed", failure)],

  [4, member("member-add", "role assigned to user")],
  [147, member("member-add", "user manually added to role")],
  [149, member("member-add", "user automatically added to role")],
  [513, member("member-add", "role added to user by API")],
  [520, member("member-add", "adding role to user by API failed", failure)],
  [148, member("member-remove", "user manually removed from role")],
  [150, member("member-remove", "user automatically removed from role")],
  [514, member("member-remove", "role removed from user by API")],
  [521, member("member-remove", "removing role from user by API failed", failure)],
  [72, directory("role-grant", "privilege granted to user", { entitlement: "privilege" })],
  [73, directory("role-revoke", "privilege revoked from user", { entitlement: "privilege" })],
  [206, directory("create", "login manually added", { at: "app", detail: "assignment" })],
  [207, directory("deactivate", "login manually removed", { at: "app", detail: "assignment" })],

  [51, inApp("create", "user created in app")],
  [52, inApp("update", "user updated in app")],
  [53, inApp("deactivate", "user suspended in app")],
  [54, inApp("reactivate", "user reactivated in app")],
  [55, inApp("delete", "user deleted in app")],
  [59, inApp("import", "user linked in app")],
  [60, inApp("deactivate", "deprovisioning mode: do nothing", { outcome: "skipped" })],
  [61, inApp("deactivate", "user suspension failed in app", failure)],
  [62, inApp("reactivate", "user reactivation failed in app", failure)],
  [63, inApp("delete", "user deletion failed in app", failure)],
  [64, inApp("create", "user creation failed in app", failure)],
  [65, inApp("update", "user update failed in app", failure)],
  [25, inApp("other", "provisioning exception", failure)],
  [26, inApp("other", "provisioning event")],
  [38, connection("app reached its user limit", { errorClass: "licence" })],
  [39, connection("connector broken")],
  [79, inDirectory("other", "provisioning in directory failed", failure)],
  [80, inDirectory("create", "user created in directory")],
  [81, inDirectory("update", "user updated in directory")],
  [82, inDirectory("deactivate", "user suspended in directory")],
  [83, inDirectory("reactivate", "user reactivated in directory")],
  [84, inDirectory("delete", "user deleted in directory")],

  [5, signIn("user logged in to OneLogin")],
  [6, refused("login to OneLogin failed")],
  [8, signIn("user logged in to app", "app")],
  [78, signIn("user logged in to app by assertion proxy", "app")],
  [77, refused("login to app by assertion proxy failed", "app")],
  [85, refused("could not authenticate to app", "app")],
  [68, signIn("user authenticated by RADIUS")],
  [69, refused("user rejected by RADIUS")],
  [122, signIn("user authenticated by API")],
  [123, refused("user authentication by API failed")],
  [129, refused("VLDAP bind failed")],
  [130, signIn("VLDAP bind successful")],
  [140, signIn("social sign-in successful")],
  [141, refused("social sign-in failed")],

  [179, apiCredential("credential-create", "API credential created")],
  [180, apiCredential("credential-revoke", "API credential deleted")],
  [181, apiCredential("update", "API credential enabled")],
  [182, apiCredential("update", "API credential disabled")],
]);

/** What an event type witnesses; one that no rule reads has the operation `other` of the directory. */
export function eventTypeOf(id: number): EventType {
  return TYPES.get(id) ?? kind("directory", "other", null, "");
}
