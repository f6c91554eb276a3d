/** The order of a list (RFC 7644 §3.4.2.3). */
import { bad } from "./error.ts";
import { isJson } from "./resource.ts";
import { type Attribute, type Json, locate, named, type ResourceType } from "./schemas.ts";

/** By what a resource is sorted; null: it has no such value. */
export type SortKey = string | number | null;

/** Of several values the primary one counts, else the first. */
function oneOf(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.find((one) => isJson(one) && one.primary === true) ?? value[0];
}

function keyOf(value: unknown, { type, caseExact }: Attribute): SortKey {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "number") return value;
  if (typeof value !== "string") return null;
  if (type === "dateTime") return Date.parse(value);
  return caseExact ? value : value.toLowerCase();
}

/** @throws {ScimError} invalidPath for what no resource of the types is sorted by. */
export function sortKeyOf(
  types: readonly ResourceType[],
  path: string,
): (type: ResourceType, of: Json) => SortKey {
  if (types.every((type) => locate(type, path)?.attribute == null))
    throw bad("invalidPath", `Nothing is sorted by "${path.slice(0, 100)}".`);
  return (type, of) => {
    const found = locate(type, path);
    const attribute = found?.attribute ?? null;
    if (found === null || attribute === null) return null;
    const container = found.extension === null ? of : of[found.extension];
    const value = oneOf(isJson(container) ? container[attribute.name] : undefined);
    const part = found.sub ?? (attribute.type === "complex" ? named(attribute.subAttributes, "value") : null);
    if (part === null) return keyOf(value, attribute);
    return keyOf(isJson(value) ? value[part.name] : undefined, part);
  };
}

/** What has no value comes last. */
export function compareKeys(a: SortKey, b: SortKey): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === typeof b) return a < b ? -1 : a > b ? 1 : 0;
  return typeof a === "number" ? -1 : 1;
}
