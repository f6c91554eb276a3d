/** Resources as they come in: every attribute under its own name and of its type, what nobody knows left out. */
import { booleanOf } from "../ingest/adapters/read.ts";
import { bad } from "./error.ts";
import { type Attribute, DEFINITIONS, type Json, named, type ResourceType } from "./schemas.ts";

export const isJson = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Names of directories end at some hundred characters; the log takes none that are much longer. */
const LONGEST_NAME = 500;
/** What is stored of one text. */
const LONGEST_TEXT = 20_000;

/** Whether it says that the attribute has no value (RFC 7643 §2.5). */
const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0);

/** Entra's older jobs wrap single values: `[{"value": "False"}]`. */
function unwrapped(value: unknown, { type }: Attribute): unknown {
  const only = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return type !== "complex" && isJson(only) && "value" in only ? only.value : only;
}

/** One value, of the attribute's type. @throws {ScimError} invalidValue */
function single(given: unknown, attribute: Attribute, path: string): unknown {
  const value = unwrapped(given, attribute);
  if (isNothing(value)) return undefined;
  if (attribute.type === "complex") return complex(value, attribute, path);
  if (attribute.type === "boolean") {
    const truth = booleanOf(value);
    if (truth === null) throw bad("invalidValue", `"${path}" is true or false.`);
    return truth;
  }
  const text = typeof value === "number" || typeof value === "boolean" ? String(value) : value;
  if (typeof text !== "string") throw bad("invalidValue", `"${path}" is a text.`);
  if (text.length > LONGEST_TEXT)
    throw bad("invalidValue", `"${path}" is longer than ${LONGEST_TEXT} characters.`);
  if (attribute.type === "dateTime" && Number.isNaN(Date.parse(text)))
    throw bad("invalidValue", `"${path}" is a time.`);
  return text;
}

/** The parts of a value; a bare text stands for its `value` (Entra: `manager`). */
function complex(value: unknown, attribute: Attribute, path: string): Json | undefined {
  const parts = isJson(value) ? value : { value };
  if (!isJson(value) && (typeof value === "object" || named(attribute.subAttributes, "value") === null))
    throw bad("invalidValue", `"${path}" is an object.`);
  const read = readParts(parts, attribute.subAttributes, path);
  return Object.keys(read).length === 0 ? undefined : read;
}

function readParts(given: Json, attributes: readonly Attribute[], path: string): Json {
  const read: Json = {};
  for (const [key, value] of Object.entries(given)) {
    const attribute = named(attributes, key);
    if (attribute === null || attribute.mutability === "readOnly") continue;
    const own = readValue(value, attribute, `${path}.${attribute.name}`);
    if (own !== undefined) read[attribute.name] = own;
  }
  return read;
}

/** Values that say the same count once. */
function distinct(values: readonly unknown[]): unknown[] {
  const seen = new Set<string>();
  return values.filter((value) => {
    const text = JSON.stringify(value);
    return !seen.has(text) && seen.add(text);
  });
}

/**
 * What is given for an attribute, as it is stored; undefined where it says that there is none.
 * @throws {ScimError} invalidValue, with the attribute's name.
 */
export function readValue(given: unknown, attribute: Attribute, path = attribute.name): unknown {
  if (!attribute.multiValued) return single(given, attribute, path);
  const list = Array.isArray(given) ? given : [given];
  const values = distinct(
    list.map((value) => single(value, attribute, path)).filter((value) => value !== undefined),
  );
  return values.length === 0 ? undefined : values;
}

/**
 * What must hold of a resource however it came about.
 * @throws {ScimError} invalidValue
 */
export function requireSound(type: ResourceType, resource: Json): void {
  for (const [schema, attributes] of DEFINITIONS[type].attributes) {
    const own = schema === DEFINITIONS[type].schema ? resource : resource[schema];
    if (!isJson(own)) continue;
    for (const { name, required, multiValued } of attributes) {
      const value = own[name];
      if (required && (typeof value !== "string" || value.trim() === ""))
        throw bad("invalidValue", `A ${type} has a ${name}.`);
      const primaries =
        multiValued && Array.isArray(value) ? value.filter((one) => isJson(one) && one.primary === true) : [];
      if (primaries.length > 1) throw bad("invalidValue", `Of "${name}" one value at most is primary.`);
    }
  }
  const names = [resource.userName, resource.externalId, resource.displayName, ...emailsOf(resource)];
  if (names.some((name) => typeof name === "string" && name.length > LONGEST_NAME))
    throw bad(
      "invalidValue",
      `A name of it is longer than ${LONGEST_NAME} characters, which no directory's is.`,
    );
}

/** The e-mail addresses of a user, as they stand. */
export function emailsOf(resource: Json): string[] {
  const { emails } = resource;
  return (Array.isArray(emails) ? emails : []).flatMap((email: unknown) =>
    isJson(email) && typeof email.value === "string" ? [email.value] : [],
  );
}

/** @throws {ScimError} invalidSyntax where it names schemas and not the resource's own. */
function checkSchemas(type: ResourceType, given: unknown): void {
  const { schema } = DEFINITIONS[type];
  if (given === undefined) return;
  const names = Array.isArray(given) ? given : [];
  if (!names.some((name) => typeof name === "string" && name.toLowerCase() === schema.toLowerCase()))
    throw bad("invalidSyntax", `The schemas of a ${type} name ${schema}.`);
}

/**
 * A resource in full, as POST and PUT send it: known attributes under their own names. What only the server sets is left aside
 * (RFC 7644 §3.5.1), and so is a password.
 * @throws {ScimError} invalidSyntax, invalidValue
 */
export function readResource(type: ResourceType, body: unknown): Json {
  if (!isJson(body)) throw bad("invalidSyntax", "The body is a resource: a JSON object.");
  const { schema, attributes } = DEFINITIONS[type];
  const resource: Json = {};
  const told = new Set<string>();
  for (const [key, value] of Object.entries(body)) {
    const lower = key.toLowerCase();
    // Names have no case (RFC 7643 §2.1): two spellings of one could say two things.
    if (told.has(lower)) throw bad("invalidSyntax", `"${key.slice(0, 100)}" stands in the body twice.`);
    told.add(lower);
    if (lower === "schemas") checkSchemas(type, value);
    const extension = [...attributes.keys()].find((name) => name !== schema && name.toLowerCase() === lower);
    if (extension !== undefined && isJson(value)) {
      const own = readParts(value, attributes.get(extension) ?? [], extension);
      if (Object.keys(own).length > 0) resource[extension] = own;
      continue;
    }
    const attribute = named(attributes.get(schema) ?? [], key);
    if (attribute === null || attribute.mutability === "readOnly" || attribute.returned === "never") continue;
    const own = readValue(value, attribute);
    if (own !== undefined) resource[attribute.name] = own;
  }
  requireSound(type, resource);
  return resource;
}
