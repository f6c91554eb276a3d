/** What a request of GitHub's SCIM API, as its audit log tells of it, was to do. */
import type { AccountRef, Operation, PersonRef } from "../../event.ts";
import { unlessEmpty } from "../normal.ts";
import { anyCase, booleanOf, type JsonObject, jsonIn, member, objectOf, objectsOf, textOf } from "../read.ts";

const BY_METHOD = new Map<string, Operation>([
  ["POST", "create"],
  ["PUT", "update"],
  ["PATCH", "update"],
  ["DELETE", "delete"],
  ["GET", "read"],
]);

export interface ScimRequest {
  operation: Operation;
  active: boolean | null;
  person: PersonRef | null;
  account: AccountRef | null;
}

/** The body is JSON, often as text; a log may have cut it off. */
function bodyOf(value: unknown): JsonObject | null {
  const text = textOf(value);
  return objectOf(text === null ? value : jsonIn(text));
}

/** RFC 7644 §3.5.2: an operation names its attribute in `path`, or carries it in an object as its value. */
function activeOf(body: JsonObject | null): boolean | null {
  const patched = objectsOf(anyCase(body, "Operations")).map((operation) => {
    const value = anyCase(operation, "value");
    const named = textOf(anyCase(operation, "path"))?.toLowerCase() === "active";
    return booleanOf(named ? value : anyCase(objectOf(value), "active"));
  });
  return patched.findLast((active) => active !== null) ?? booleanOf(anyCase(body, "active"));
}

/**
 * RFC 7644 §3.2: the method says what is to be done, and `active` in the body that it is a deactivation or its reverse.
 * A PUT sends the whole user, so that only `active` false says more than an update.
 */
export function scimRequestOf(record: JsonObject): ScimRequest {
  const method = textOf(member(record, "request_method"))?.toUpperCase() ?? "";
  const body = bodyOf(member(record, "api_request_body"));
  const active = activeOf(body);
  let operation = BY_METHOD.get(method) ?? "other";
  if (operation === "update" && active === false) operation = "deactivate";
  if (method === "PATCH" && active === true) operation = "reactivate";
  const emails = objectsOf(anyCase(body, "emails"));
  const primary = emails.find((email) => booleanOf(anyCase(email, "primary")) === true) ?? emails[0] ?? null;
  const userName = textOf(anyCase(body, "userName"));
  return {
    operation,
    active: operation === "delete" || operation === "read" ? null : active,
    person: unlessEmpty({
      id: null,
      externalId: textOf(anyCase(body, "externalId")),
      userName,
      email: textOf(anyCase(primary, "value")),
      displayName: textOf(anyCase(body, "displayName")),
    }),
    account: unlessEmpty({ id: textOf(member(record, "scim_user_id")), userName, displayName: null }),
  };
}
