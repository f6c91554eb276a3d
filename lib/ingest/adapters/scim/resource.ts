/** SCIM's messages and resources (RFC 7643, RFC 7644), read as strangers' JSON. Shared with Security Event Tokens. */
import type { PersonRef } from "../../event.ts";
import { unlessEmpty } from "../normal.ts";
import { anyCase, type JsonObject, objectOf, objectsOf, textOf } from "../read.ts";
import type { Target } from "./event-types.ts";

/** A member by its name in any case: SCIM's attribute names have none (RFC 7643 §2.1). */
export const text = (object: JsonObject | null, name: string): string | null => textOf(anyCase(object, name));

/** An id as text; some servers count. */
export function idOf(value: unknown): string | null {
  return Number.isSafeInteger(value) ? String(value) : textOf(value);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

const NO_ID = { id: null, search: false };
/** What RFC 7644 §4 adds to the resources, and the search of all of them. */
const SERVICE = new Set(["ServiceProviderConfig", "ServiceProviderConfigs", "ResourceTypes", "Schemas"]);

/**
 * Where a path or URL leads: the resource at its end, whatever stands before it. Exact case, so that another service's
 * `/users/5` is not taken, unless the path itself says SCIM (`/scim/v2/…`); then everything under it is known.
 * @returns null where it leads to no SCIM resource.
 */
export function targetOf(url: string): Target | null {
  const segments = url
    .replace(/[?#].*$/s, "")
    .split("/")
    .filter((segment) => segment !== "");
  const base = segments.findIndex(
    (segment, i) => segment.toLowerCase() === "scim" && /^v\d/i.test(segments[i + 1] ?? ""),
  );
  const named = (segment: string | undefined, name: string) =>
    segment === name || (base >= 0 && segment?.toLowerCase() === name.toLowerCase());
  const [before, last] = [segments.at(-2), segments.at(-1)];
  if (last === undefined) return null;
  for (const [name, endpoint] of [
    ["Users", "users"],
    ["Groups", "groups"],
  ] as const) {
    if (named(before, name)) {
      return last === ".search"
        ? { endpoint, id: null, search: true }
        : { endpoint, id: decoded(last), search: false };
    }
    if (named(last, name)) return { endpoint, ...NO_ID };
  }
  if (named(last, "Bulk")) return { endpoint: "bulk", ...NO_ID };
  if (named(last, "Me")) return { endpoint: "me", ...NO_ID };
  if (base < 0 && !SERVICE.has(last) && !SERVICE.has(before ?? "")) return null;
  return { endpoint: "service", id: null, search: last === ".search" };
}

/** The primary e-mail address, else the first. */
function emailOf(resource: JsonObject | null): string | null {
  const emails = objectsOf(anyCase(resource, "emails"));
  const primary = emails.find((email) => anyCase(email, "primary") === true);
  return text(primary ?? emails[0] ?? null, "value");
}

function displayNameOf(resource: JsonObject | null): string | null {
  const name = objectOf(anyCase(resource, "name"));
  const parts = [text(name, "givenName"), text(name, "familyName")].filter((part) => part !== null);
  return (
    text(resource, "displayName") ?? text(name, "formatted") ?? (parts.length > 0 ? parts.join(" ") : null)
  );
}

/**
 * The person as a User resource names him. Without an id: an application's word makes nobody known.
 * @param resources the first that has a value tells it.
 */
export function personOf(...resources: readonly (JsonObject | null)[]): PersonRef | null {
  const first = (read: (resource: JsonObject | null) => string | null): string | null => {
    for (const resource of resources) {
      const value = read(resource);
      if (value !== null) return value;
    }
    return null;
  };
  return unlessEmpty({
    id: null,
    externalId: first((resource) => text(resource, "externalId")),
    userName: first((resource) => text(resource, "userName")),
    email: first(emailOf),
    displayName: first(displayNameOf),
  });
}

/** One of a multi-valued attribute's values: a member, a role, an entitlement. */
export interface Value {
  id: string;
  display: string | null;
  /** A member that is itself a group. */
  group: boolean;
}

/** The values of a multi-valued attribute, also of one that is given alone or as a plain string. */
export function valuesOf(given: unknown): Value[] {
  const list = Array.isArray(given) ? given : [given];
  return list.flatMap((element): Value[] => {
    const object = objectOf(element);
    const id = idOf(object === null ? element : anyCase(object, "value"));
    if (id === null) return [];
    const group =
      text(object, "type")?.toLowerCase() === "group" || /\/Groups\//i.test(text(object, "$ref") ?? "");
    return [{ id, display: text(object, "display"), group }];
  });
}
