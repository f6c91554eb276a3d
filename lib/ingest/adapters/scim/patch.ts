/** What a PATCH asks for (RFC 7644 §3.5.2), in the dialects that identity providers speak. docs/formats/scim.md. */
import { anyCase, booleanOf, type JsonObject, objectOf, objectsOf, textOf } from "../read.ts";
import { type Value, valuesOf } from "./resource.ts";

export const MULTI_VALUED = ["members", "roles", "entitlements"] as const;
type MultiValued = (typeof MULTI_VALUED)[number];

/** A value given to or taken from a multi-valued attribute. */
interface ValueChange {
  attribute: MultiValued;
  added: boolean;
  value: Value;
}

export interface Changes {
  /** What `active` was last set to; null when it was not. */
  active: boolean | null;
  values: ValueChange[];
  /** Whether anything else was to change, or something that names no value. */
  rest: boolean;
  /** Single attributes that were set, by their names in lower case: enough of a resource to name a person by. */
  resource: JsonObject;
}

interface Path {
  /** In lower case. */
  attribute: string;
  filter: string | null;
  sub: string | null;
}

/** RFC 7644 §3.5.2, figure 7. Nothing that can be read is longer than this. */
const LONGEST_PATH = 2_000;
const PATH = /^(?:(urn:[^[\]]*):)?([a-z$][\w$-]*)(?:\[(.*)\])?(?:\.([\w$-]+))?$/is;
const CORE = "urn:ietf:params:scim:schemas:core:";

/** @returns null for what is no attribute of the core schemas. */
function pathOf(path: string): Path | null {
  const parts = path.length > LONGEST_PATH ? null : PATH.exec(path.trim());
  if (parts === null) return null;
  const [, schema, attribute = "", filter, sub] = parts;
  if (schema !== undefined && !`${schema.toLowerCase()}:`.startsWith(CORE)) return null;
  return { attribute: attribute.toLowerCase(), filter: filter ?? null, sub: sub?.toLowerCase() ?? null };
}

const VALUE_EQUALS = /\bvalue\s+eq\s+(?:"([^"]*)"|'([^']*)'|([^\s"'()]+))/gi;

/** The values that a filter picks: `value eq "a" or value eq "b"`. Empty for any other filter. */
function valuesPicked(filter: string): string[] {
  if (!/^[\s()]*(?:or[\s()]*)*$/i.test(filter.replace(VALUE_EQUALS, ""))) return [];
  return [...filter.matchAll(VALUE_EQUALS)].map(([, a, b, c]) => a ?? b ?? c ?? "").filter((id) => id !== "");
}

interface Step {
  remove: boolean;
  path: Path | null;
  value: unknown;
}

/** Members of a resource that say which one it is and change nothing. */
const NO_CHANGE = new Set(["schemas", "id", "meta"]);

/** A value without a path: each of its members is a path of its own. */
function stepsOfObject(value: JsonObject, remove: boolean): Step[] {
  return Object.entries(value)
    .filter(([key]) => !NO_CHANGE.has(key.toLowerCase()))
    .map(([key, member]) => ({ remove, path: pathOf(key), value: member }));
}

/** One operation's steps. A missing or unknown `op` is a replace: whatever it sets, it sets. */
function stepsOf(operation: JsonObject): Step[] {
  const remove = textOf(anyCase(operation, "op"))?.trim().toLowerCase() === "remove";
  const path = textOf(anyCase(operation, "path"));
  const value = anyCase(operation, "value");
  if (path !== null) return [{ remove, path: pathOf(path), value }];
  const object = objectOf(value);
  return object === null ? [{ remove, path: null, value }] : stepsOfObject(object, remove);
}

/** Entra's older jobs wrap single values: `[{"$ref": null, "value": "False"}]`. */
function single(value: unknown): unknown {
  const only = Array.isArray(value) && value.length === 1 ? value[0] : value;
  const object = objectOf(only);
  return object === null ? only : anyCase(object, "value");
}

const multiValued = (attribute: string): MultiValued | null =>
  MULTI_VALUED.find((name) => name === attribute) ?? null;

/** The values that a step gives or takes by name; empty where it names none. */
function valuesNamed({ remove, path, value }: Step): Value[] {
  const picked = valuesPicked(path?.filter ?? "").map((id) => ({ id, display: null, group: false }));
  if (path?.sub != null && path.sub !== "value") return [];
  // Entra: add roles[primary eq "True"].value "admin".
  if (!remove)
    return path?.filter == null || path.sub === "value" ? valuesOf(value) : withPicked(value, picked);
  return path?.filter == null ? valuesOf(value) : picked;
}

function withPicked(value: unknown, picked: Value[]): Value[] {
  const given = valuesOf(value);
  return given.length > 0 ? given : picked;
}

/**
 * @param body the request's body; without `Operations` it is read as the part of a resource that it sets (SCIM 1.1).
 */
export function changesOf(body: JsonObject | null): Changes {
  const operations = anyCase(body, "Operations");
  const steps = Array.isArray(operations)
    ? objectsOf(operations).flatMap(stepsOf)
    : stepsOfObject(body ?? {}, false);
  const changes: Changes = { active: null, values: [], rest: false, resource: {} };
  const resource = new Map<string, unknown>();
  for (const step of steps) {
    const attribute = step.path?.attribute ?? "";
    const several = multiValued(attribute);
    const active = attribute === "active" && !step.remove ? booleanOf(single(step.value)) : null;
    if (active !== null) {
      changes.active = active;
    } else if (several !== null) {
      const named = valuesNamed(step);
      const users = named.filter((value) => !value.group);
      changes.values.push(...users.map((value) => ({ attribute: several, added: !step.remove, value })));
      if (users.length === 0) changes.rest = true;
    } else {
      changes.rest = true;
      if (!step.remove && step.path?.sub === null) resource.set(attribute, step.value);
    }
  }
  return { ...changes, resource: Object.fromEntries(resource) };
}
