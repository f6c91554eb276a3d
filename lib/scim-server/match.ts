/** Whether a resource fits a filter (RFC 7644 §3.4.2.2). */
import { bad } from "./error.ts";
import type { Comparison, Filter, Scalar } from "./filter.ts";
import { type Attribute, type Json, locate, named, type ResourceType } from "./schemas.ts";

/** Whether a resource, or one value of an attribute, fits. */
export type Test = (value: Json) => boolean;

interface Found {
  /** The attribute that the values are of; null for what has parts, and no `value` among them. */
  leaf: Attribute | null;
  /** What is compared. */
  values(of: Json): unknown[];
  /** The same, with all of its parts. */
  wholes(of: Json): unknown[];
}

/** How names lead to values: those of a resource, or those within one value. */
type Names = (path: string) => Found | null;

const isJson = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const there = (values: unknown[]): unknown[] =>
  values.filter((value) => value !== undefined && value !== null);

function valuesOf(of: unknown, { name, multiValued }: Attribute): unknown[] {
  if (!isJson(of)) return [];
  const value = of[name];
  return there(multiValued && Array.isArray(value) ? value : [value]);
}

/** What has parts stands for its `value`, where a filter names none. */
function found(attribute: Attribute, wholes: (of: Json) => unknown[]): Found {
  if (attribute.type !== "complex") return { leaf: attribute, values: wholes, wholes };
  const leaf = named(attribute.subAttributes, "value");
  const values = (of: Json) => (leaf === null ? [] : wholes(of).flatMap((value) => valuesOf(value, leaf)));
  return { leaf, values, wholes };
}

const ofResource =
  (type: ResourceType): Names =>
  (path) => {
    const { attribute = null, extension = null, sub: part = null } = locate(type, path) ?? {};
    if (attribute === null) return null;
    const own = (resource: Json) => valuesOf(extension === null ? resource : resource[extension], attribute);
    if (part === null) return found(attribute, own);
    return found(part, (resource) => own(resource).flatMap((value) => valuesOf(value, part)));
  };

const ofValue =
  (attribute: Attribute): Names =>
  (path) => {
    const part = named(attribute.subAttributes, path);
    return part && found(part, (value) => valuesOf(value, part));
  };

const ORDERED = new Set<Comparison>(["gt", "ge", "lt", "le"]);
const WITHIN = new Set<Comparison>(["co", "sw", "ew"]);

/** As it is compared: case only where it counts, times as instants. @returns null for what is not of the type. */
function comparable(value: unknown, { type, caseExact }: Attribute): string | number | boolean | null {
  if (type === "boolean") {
    if (typeof value === "boolean") return value;
    // Entra writes them as texts.
    const word = typeof value === "string" ? value.toLowerCase() : "";
    return word === "true" ? true : word === "false" ? false : null;
  }
  if (type === "decimal" || type === "integer") return typeof value === "number" ? value : null;
  if (typeof value !== "string") return null;
  if (type === "dateTime") {
    const at = Date.parse(value);
    return Number.isNaN(at) ? null : at;
  }
  return caseExact || type === "binary" ? value : value.toLowerCase();
}

function ordered(op: Comparison, a: string | number, b: string | number): boolean {
  if (op === "gt") return a > b;
  if (op === "ge") return a >= b;
  return op === "lt" ? a < b : a <= b;
}

function within(op: Comparison, a: string, b: string): boolean {
  if (op === "co") return a.includes(b);
  return op === "sw" ? a.startsWith(b) : a.endsWith(b);
}

/** Of several values one is enough; what has none is unequal to everything. */
function comparing(
  op: Comparison,
  { leaf, values }: Omit<Found, "wholes">,
  path: string,
  wanted: Scalar,
): Test {
  if (wanted === null) {
    if (op === "eq") return (of) => values(of).length === 0;
    if (op === "ne") return (of) => values(of).length > 0;
    throw bad("invalidFilter", `Nothing is ${op} null.`);
  }
  const attribute = leaf;
  if (attribute === null)
    throw bad("invalidFilter", `"${path}" has parts: name the one that is to be compared.`);
  const { type } = attribute;
  if (
    (ORDERED.has(op) && (type === "boolean" || type === "binary")) ||
    (WITHIN.has(op) && type === "boolean")
  )
    throw bad("invalidFilter", `"${path}" is ${type}, which can't be compared by ${op}.`);
  // A part of a time is a text.
  const as: Attribute = WITHIN.has(op) && type !== "string" ? { ...attribute, type: "string" } : attribute;
  const right = comparable(wanted, as);
  const fits = (value: unknown): boolean => {
    const left = comparable(value, as);
    if (op === "eq") return left !== null && left === right;
    if (op === "ne") return left === null || left !== right;
    if (left === null || right === null || typeof left === "boolean" || typeof right === "boolean")
      return false;
    return WITHIN.has(op) ? within(op, String(left), String(right)) : ordered(op, left, right);
  };
  if (op === "ne") return (of) => values(of).length === 0 || values(of).some(fits);
  return (of) => values(of).some(fits);
}

const isPresent = (value: unknown): boolean =>
  value !== "" && !(isJson(value) && Object.keys(value).length === 0);

function compiled(filter: Filter, names: Names, attributeNamed: (path: string) => Attribute | null): Test {
  switch (filter.op) {
    case "and": {
      const tests = filter.filters.map((one) => compiled(one, names, attributeNamed));
      return (of) => tests.every((test) => test(of));
    }
    case "or": {
      const tests = filter.filters.map((one) => compiled(one, names, attributeNamed));
      return (of) => tests.some((test) => test(of));
    }
    case "not": {
      const test = compiled(filter.filter, names, attributeNamed);
      return (of) => !test(of);
    }
    case "pr": {
      const place = names(filter.path);
      return (of) => (place?.wholes(of) ?? []).some(isPresent);
    }
    case "[]": {
      const [place, attribute] = [names(filter.path), attributeNamed(filter.path)];
      // What a type does not have has no value (RFC 7644 §3.4.2.1).
      if (place === null || attribute === null) return () => false;
      const test = valueMatcher(attribute, filter.filter);
      return (of) => place.wholes(of).some((value) => isJson(value) && test(value));
    }
    default: {
      const place = names(filter.path) ?? { leaf: NOTHING, values: () => [] };
      return comparing(filter.op, place, filter.path, filter.value);
    }
  }
}

/** What a name that the type does not have is compared as. */
const NOTHING: Attribute = {
  name: "",
  type: "string",
  multiValued: false,
  required: false,
  caseExact: false,
  mutability: "readWrite",
  returned: "default",
  subAttributes: [],
};

/**
 * The test of a filter for resources of a type, as they are returned. A name that the type does not have stands for no value.
 * @throws {ScimError} invalidFilter for a comparison that the attribute's type does not allow.
 */
export const matcher = (type: ResourceType, filter: Filter): Test =>
  compiled(filter, ofResource(type), (path) => {
    const place = locate(type, path);
    return place?.sub === null ? place.attribute : null;
  });

/** The test of what stands in brackets, for one value of the attribute. @throws {ScimError} as {@link matcher}. */
export const valueMatcher = (attribute: Attribute, filter: Filter): Test =>
  compiled(filter, ofValue(attribute), () => null);
