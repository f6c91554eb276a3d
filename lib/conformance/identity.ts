/** The test user and group: whoever meets them at the application sees at once what they are. */

export const MARK = "rollcall-check";
export const USER_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User";
export const GROUP_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
export const LIST_RESPONSE = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
export const ERROR_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:Error";
const PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/** A name that a run has made; nobody else's looks like it. `example.invalid` is no domain of anybody (RFC 6761 §6.4). */
export const MARKED_USER = /^rollcall-check-[0-9a-f]{8}(?:-[a-z]+)?@example\.invalid$/iu;
export const MARKED_GROUP = /^rollcall-check-[0-9a-f]{8}(?:-[a-z]+)?$/iu;

export interface Identity {
  userName: string;
  externalId: string;
  groupName: string;
  /** A user for the same run, told apart by a word of small letters. */
  other: (word: string) => Identity;
}

/** @param id of the run, a UUID. */
export function identityOf(id: string, word = ""): Identity {
  const short = id.replaceAll("-", "").slice(0, 8).toLowerCase();
  const name = `${MARK}-${short}${word === "" ? "" : `-${word}`}`;
  return {
    userName: `${name}@example.invalid`,
    externalId: `${MARK}:${id}${word === "" ? "" : `:${word}`}`,
    groupName: name,
    other: (other) => identityOf(id, other),
  };
}

/** The test user as it is made. @param more attributes in place of, or beside, those that it always has. */
export const userBody = (
  { userName, externalId }: Identity,
  more: Readonly<Record<string, unknown>> = {},
) => ({
  schemas: [USER_SCHEMA, ...(ENTERPRISE in more ? [ENTERPRISE] : [])],
  userName,
  externalId,
  name: { givenName: "Rollcall", familyName: "Check" },
  displayName: "Rollcall Check",
  emails: [{ value: userName, type: "work", primary: true }],
  active: true,
  ...more,
});

export const groupBody = ({ groupName, externalId }: Identity, members: readonly string[] = []) => ({
  schemas: [GROUP_SCHEMA],
  displayName: groupName,
  externalId,
  members: members.map((value) => ({ value })),
});

/** A change of one resource (RFC 7644 §3.5.2). */
export const patchBody = (...operations: readonly Readonly<Record<string, unknown>>[]) => ({
  schemas: [PATCH_OP],
  Operations: operations,
});
