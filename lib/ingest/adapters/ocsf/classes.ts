/** The classes and activities of OCSF that tell of accounts and access. schema.ocsf.io, category 3, version 1.4.0. */
import type { Detail, Operation } from "../../event.ts";

export const OCSF_VERSION = "1.4.0";
/** Who writes what Rollcall exports. */
export const OWN_PRODUCT = "Rollcall";
export const CATEGORY = { uid: 3, name: "Identity & Access Management" } as const;

export const CLASSES = {
  account: { uid: 3001, name: "Account Change" },
  authentication: { uid: 3002, name: "Authentication" },
  entity: { uid: 3004, name: "Entity Management" },
  access: { uid: 3005, name: "User Access Management" },
  group: { uid: 3006, name: "Group Management" },
} as const;
export type ClassName = keyof typeof CLASSES;

/** "The event activity is not mapped": its name says what it is. */
export const OTHER = 99;

export interface Activity {
  name: string;
  operation: Operation;
  detail?: Detail;
}

/** What each activity of a class is to us; those that are not here are no change of access. */
export const ACTIVITIES: Readonly<Record<ClassName, Readonly<Record<number, Activity>>>> = {
  account: {
    1: { name: "Create", operation: "create" },
    2: { name: "Enable", operation: "reactivate" },
    5: { name: "Disable", operation: "deactivate" },
    6: { name: "Delete", operation: "delete" },
  },
  authentication: { 1: { name: "Logon", operation: "sign-in" } },
  entity: {
    1: { name: "Create", operation: "create" },
    2: { name: "Read", operation: "read" },
    3: { name: "Update", operation: "update" },
    4: { name: "Delete", operation: "delete" },
    8: { name: "Enable", operation: "reactivate" },
    9: { name: "Disable", operation: "deactivate" },
    10: { name: "Activate", operation: "reactivate" },
    11: { name: "Deactivate", operation: "deactivate" },
    12: { name: "Suspend", operation: "deactivate", detail: "suspend" },
    13: { name: "Resume", operation: "reactivate", detail: "suspend" },
  },
  access: {
    1: { name: "Assign Privileges", operation: "role-grant" },
    2: { name: "Revoke Privileges", operation: "role-revoke" },
  },
  group: {
    3: { name: "Add User", operation: "member-add" },
    4: { name: "Remove User", operation: "member-remove" },
    5: { name: "Delete", operation: "delete" },
    6: { name: "Create", operation: "create" },
  },
};

/** The class of a number; null for one that is not read. */
export function classOf(uid: unknown): ClassName | null {
  const found = Object.entries(CLASSES).find(([, known]) => known.uid === uid);
  return found === undefined ? null : (found[0] as ClassName);
}
