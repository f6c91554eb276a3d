/** Which attributes of a resource are returned (RFC 7644 §3.9). */
import { bad } from "./error.ts";
import { isJson } from "./resource.ts";
import { DEFINITIONS, type Json, locate, type ResourceType } from "./schemas.ts";

export interface Wanted {
  /** These alone, beside what is always returned; null: all. */
  attributes: readonly string[] | null;
  /** All but these; null: none is left out. */
  excluded: readonly string[] | null;
}

/** Attributes by where they stand, with the parts that are meant; null: all of it. */
type Chosen = Map<string, Set<string> | null>;

const key = (extension: string | null, name: string): string => `${extension ?? ""} ${name}`;

function chosen(type: ResourceType, paths: readonly string[]): Chosen {
  const found: Chosen = new Map();
  for (const path of paths) {
    const located = locate(type, path.trim());
    if (located === null) continue;
    const { extension, attribute, sub } = located;
    const own = key(extension, attribute?.name ?? "");
    if (sub === null) found.set(own, null);
    else if (found.get(own) !== null) found.set(own, (found.get(own) ?? new Set()).add(sub.name));
  }
  return found;
}

function partsOf(value: unknown, keep: (part: string) => boolean): unknown {
  if (Array.isArray(value)) return value.map((one) => partsOf(one, keep)).filter((one) => one !== undefined);
  if (!isJson(value)) return value;
  const kept = Object.entries(value).filter(([part]) => keep(part));
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** What is left of one attribute; undefined: nothing. */
function leftOf(value: unknown, parts: Set<string> | null | undefined, includes: boolean): unknown {
  if (parts === undefined) return includes ? undefined : value;
  if (parts === null) return includes ? value : undefined;
  return partsOf(value, (part) => parts.has(part) === includes);
}

/** Whether some of an attribute is returned. */
export function isWanted(type: ResourceType, { attributes, excluded }: Wanted, name: string): boolean {
  if (attributes !== null) return chosen(type, attributes).has(key(null, name));
  return excluded === null || chosen(type, excluded).get(key(null, name)) !== null;
}

/** A resource as it is returned; `schemas` and `id` always are. */
export function shaped(type: ResourceType, resource: Json, { attributes, excluded }: Wanted): Json {
  if (attributes === null && excluded === null) return resource;
  const includes = attributes !== null;
  const choice = chosen(type, attributes ?? excluded ?? []);
  const { extensions } = DEFINITIONS[type];
  const shape: Json = {};
  for (const [name, value] of Object.entries(resource)) {
    if (name === "schemas" || name === "id") shape[name] = value;
    else if (extensions.includes(name) && isJson(value)) {
      const whole = choice.has(key(name, ""));
      const own = Object.entries(value).flatMap(([part, inner]) => {
        const parts = whole ? null : choice.get(key(name, part));
        const left = leftOf(inner, parts, includes);
        return left === undefined ? [] : [[part, left] as const];
      });
      if (own.length > 0) shape[name] = Object.fromEntries(own);
    } else {
      const left = leftOf(value, choice.get(key(null, name)), includes);
      if (left !== undefined) shape[name] = left;
    }
  }
  return shape;
}

/** @throws {ScimError} invalidValue where both are given. */
export function wantedOf(attributes: readonly string[], excluded: readonly string[]): Wanted {
  if (attributes.length > 0 && excluded.length > 0)
    throw bad("invalidValue", "Ask for attributes or for excludedAttributes, not for both.");
  return {
    attributes: attributes.length > 0 ? attributes : null,
    excluded: excluded.length > 0 ? excluded : null,
  };
}
