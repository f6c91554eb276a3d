/** Changing a part of a resource (RFC 7644 §3.5.2), also as Entra and Okta say it. docs/scim-endpoint.md. */
import { anyCase } from "../ingest/adapters/read.ts";
import { bad } from "./error.ts";
import { type Filter, parsePath } from "./filter.ts";
import { valueMatcher } from "./match.ts";
import { isJson, readValue, requireSound } from "./resource.ts";
import { type Attribute, type Json, type Located, locate, named, type ResourceType } from "./schemas.ts";

/** More than any identity provider sends at once. */
const MAX_OPERATIONS = 1_000;

type Op = "add" | "remove" | "replace";

interface Step {
  op: Op;
  value: unknown;
}

const OPS: readonly string[] = ["add", "remove", "replace"];

function operationsOf(body: unknown): Json[] {
  const operations = isJson(body) ? anyCase(body, "Operations") : null;
  if (!Array.isArray(operations) || operations.length === 0 || !operations.every(isJson))
    throw bad("invalidSyntax", 'A PATCH has "Operations": a list of objects, one at least.');
  if (operations.length > MAX_OPERATIONS)
    throw bad("tooMany", `A PATCH has ${MAX_OPERATIONS} operations at most.`);
  return operations;
}

/** Where the attributes of a schema lie in the resource; made where there is none. */
function containerOf(resource: Json, { extension }: Located): Json {
  if (extension === null) return resource;
  const own = resource[extension];
  if (isJson(own)) return own;
  const made: Json = {};
  resource[extension] = made;
  return made;
}

function set(container: Json, name: string, value: unknown): void {
  if (value === undefined) delete container[name];
  else container[name] = value;
}

/** @throws {ScimError} mutability */
function requireMutable(path: string, ...attributes: (Attribute | null)[]): void {
  if (attributes.some((attribute) => attribute?.mutability === "readOnly"))
    throw bad("mutability", `"${path}" is set by the server alone.`);
}

const listOf = (value: unknown): Json[] =>
  Array.isArray(value) ? value.filter(isJson) : isJson(value) ? [value] : [];

/** Where one of the values became the primary one, the others are it no more (RFC 7644 §3.5.2). */
function onePrimary(values: Json[], fresh: ReadonlySet<Json>): Json[] {
  if (!values.some((value) => fresh.has(value) && value.primary === true)) return values;
  return values.map((value) =>
    value.primary === true && !fresh.has(value) ? { ...value, primary: false } : value,
  );
}

/** Members and the like are one by their `value`; other values are one when they say the same. */
function sameValue(a: Json, b: Json): boolean {
  if (Object.keys(b).length === 1 && typeof b.value === "string") return a.value === b.value;
  return JSON.stringify(a) === JSON.stringify(b);
}

function added(old: readonly Json[], given: readonly Json[], attribute: Attribute): Json[] {
  const byValue = attribute.name === "members";
  const known = new Set(old.map(({ value }) => value));
  const fresh = given.filter((one) =>
    byValue ? !known.has(one.value) : !old.some((value) => JSON.stringify(value) === JSON.stringify(one)),
  );
  return onePrimary([...old, ...fresh], new Set(fresh));
}

/** Those that are left when the given ones are taken out; given by their `value`, or by all that is said of them. */
function without(old: readonly Json[], given: readonly Json[], attribute: Attribute): Json[] {
  if (attribute.name === "members") {
    const gone = new Set(given.map(({ value }) => value));
    return old.filter(({ value }) => !gone.has(value));
  }
  return old.filter((value) => !given.some((one) => sameValue(value, one)));
}

const orNone = (values: Json[]): Json[] | undefined => (values.length === 0 ? undefined : values);

/** A whole attribute. */
function changeAttribute(container: Json, attribute: Attribute, { op, value }: Step): void {
  const { name, multiValued, type } = attribute;
  if (op === "remove" && (!multiValued || value === undefined || value === null)) {
    delete container[name];
    return;
  }
  const given = readValue(value, attribute);
  if (multiValued) {
    const old = listOf(container[name]);
    const own = listOf(given);
    if (op === "replace") set(container, name, given);
    else
      set(container, name, orNone(op === "add" ? added(old, own, attribute) : without(old, own, attribute)));
  } else if (type === "complex" && isJson(given) && isJson(container[name])) {
    // The parts that are not named stay (RFC 7644 §3.5.2.3).
    container[name] = { ...container[name], ...given };
  } else set(container, name, given);
}

function withPart(value: Json, part: Attribute, { op, value: given }: Step): Json {
  const changed = { ...value };
  set(changed, part.name, op === "remove" ? undefined : readValue(given, part));
  return changed;
}

/** A part of an attribute: `name.givenName`; of several values, of each. */
function changePart(container: Json, attribute: Attribute, part: Attribute, step: Step): void {
  const { name, multiValued } = attribute;
  const old = listOf(container[name]);
  const targets = old.length === 0 && step.op !== "remove" ? [{}] : old;
  const changed = targets
    .map((value) => withPart(value, part, step))
    .filter((value) => Object.keys(value).length > 0);
  set(container, name, multiValued ? orNone(changed) : changed[0]);
}

/**
 * The value that a filter asks for, made where there is none: Entra adds and replaces `emails[type eq "work"].value` of users
 * who have no such address yet. Null for a filter that does not tell what it would be.
 */
function valueAsked(filter: Filter, attribute: Attribute): Json | null {
  const terms = filter.op === "and" ? filter.filters : [filter];
  const value: Json = {};
  for (const term of terms) {
    const part = term.op === "eq" ? named(attribute.subAttributes, term.path) : null;
    if (part === null || term.op !== "eq" || term.value === null) return null;
    value[part.name] = readValue(term.value, part);
  }
  return value;
}

/** Some values of an attribute: `members[value eq "…"]`, `emails[type eq "work"].value`. */
function changeValues(
  container: Json,
  {
    attribute,
    part,
    filter,
    path,
  }: { attribute: Attribute; part: Attribute | null; filter: Filter; path: string },
  step: Step,
): void {
  const test = valueMatcher(attribute, filter);
  const old = listOf(container[attribute.name]);
  const changed = (value: Json): Json | null => {
    if (part !== null) return withPart(value, part, step);
    if (step.op === "remove") return null;
    const [given] = listOf(readValue(step.value, attribute));
    return { ...value, ...given };
  };
  const fresh = new Set<Json>();
  const next: Json[] = [];
  for (const value of old) {
    const own = test(value) ? changed(value) : value;
    if (own === null || Object.keys(own).length === 0) continue;
    if (own !== value) fresh.add(own);
    next.push(own);
  }
  if (step.op !== "remove" && !old.some(test)) {
    const asked = valueAsked(filter, attribute);
    const made = asked && changed(asked);
    if (made === null) throw bad("noTarget", `Nothing in the resource fits "${path}".`);
    fresh.add(made);
    next.push(made);
  }
  const values = onePrimary(next, fresh);
  set(container, attribute.name, attribute.multiValued ? orNone(values) : values[0]);
}

/** A whole extension: each of its attributes for itself. */
function changeExtension(type: ResourceType, resource: Json, extension: string, { op, value }: Step): void {
  if (op === "remove") {
    delete resource[extension];
    return;
  }
  if (!isJson(value)) throw bad("invalidValue", `"${extension}" is an object.`);
  for (const [key, own] of Object.entries(value))
    changeNamed(type, resource, `${extension}:${key}`, { op, value: own });
}

/** What a path leads to. @throws {ScimError} invalidPath, mutability, noTarget, invalidValue */
function changeAt(type: ResourceType, resource: Json, text: string, step: Step): void {
  const { path, filter, sub } = parsePath(text);
  const found = locate(type, path);
  if (found === null) throw bad("invalidPath", `A ${type} has no "${text.slice(0, 200)}".`);
  const { attribute, extension } = found;
  if (attribute === null) {
    if (filter !== null) throw bad("invalidPath", `"${path}" has no values of which some could be chosen.`);
    changeExtension(type, resource, extension ?? path, step);
    return;
  }
  const part = sub === null ? found.sub : named(attribute.subAttributes, sub);
  if (sub !== null && part === null)
    throw bad("invalidPath", `"${attribute.name}" has no part "${sub.slice(0, 100)}".`);
  requireMutable(text, attribute, part);
  // It is kept nowhere.
  if (attribute.returned === "never") return;
  const container = containerOf(resource, found);
  if (filter !== null) {
    if (attribute.type !== "complex" || found.sub !== null)
      throw bad("invalidPath", `"${path}" has no values of which some could be chosen.`);
    if (part?.mutability === "immutable")
      throw bad("mutability", `"${text}" is not changed: remove it, and add another.`);
    changeValues(container, { attribute, part, filter, path: text }, step);
  } else if (part !== null) changePart(container, attribute, part, step);
  else changeAttribute(container, attribute, step);
}

/** An attribute named as a member of a value: what the type does not have, or sets itself, is left aside as POST does. */
function changeNamed(type: ResourceType, resource: Json, key: string, step: Step): void {
  const bare = key.split("[", 1)[0] ?? key;
  const found = locate(type, bare);
  if (found === null || found.attribute?.mutability === "readOnly" || found.sub?.mutability === "readOnly")
    return;
  changeAt(type, resource, key, step);
}

/**
 * A resource with the operations of a PATCH carried out, all of them or none.
 * @param resource as it stands; it stays.
 * @throws {ScimError} invalidSyntax, invalidPath, invalidValue, mutability, noTarget, tooMany
 */
export function patched(type: ResourceType, resource: Json, body: unknown): Json {
  const changed = structuredClone(resource);
  for (const operation of operationsOf(body)) {
    const given = anyCase(operation, "op");
    const op = typeof given === "string" ? given.toLowerCase() : "";
    if (!OPS.includes(op)) throw bad("invalidSyntax", "The op of an operation is add, remove or replace.");
    if (op !== "remove" && !Object.keys(operation).some((key) => key.toLowerCase() === "value"))
      throw bad("invalidValue", `An operation that is ${op} has a value.`);
    const step: Step = { op: op as Op, value: anyCase(operation, "value") ?? undefined };
    const path = anyCase(operation, "path");
    if (path !== null && typeof path !== "string") throw bad("invalidPath", "A path is a text.");
    if (path !== null && path.trim() !== "") changeAt(type, changed, path.trim(), step);
    else if (op === "remove") throw bad("noTarget", "A remove without a path would remove everything.");
    else if (isJson(step.value))
      for (const [key, value] of Object.entries(step.value))
        changeNamed(type, changed, key, { ...step, value });
    else throw bad("invalidValue", "An operation without a path has an object as its value.");
  }
  for (const [key, value] of Object.entries(changed))
    if (isJson(value) && Object.keys(value).length === 0) delete changed[key];
  requireSound(type, changed);
  return changed;
}
