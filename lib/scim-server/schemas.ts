/** The resources of the SCIM endpoint and their attributes: RFC 7643's schemas, as the library describes them. */
import SCIMMY from "scimmy";

export type ResourceType = "User" | "Group";
export type Json = { [key: string]: unknown };

export interface Attribute {
  name: string;
  type: "string" | "boolean" | "decimal" | "integer" | "dateTime" | "reference" | "binary" | "complex";
  multiValued: boolean;
  required: boolean;
  caseExact: boolean;
  mutability: "readOnly" | "readWrite" | "immutable" | "writeOnly";
  returned: "always" | "never" | "default" | "request";
  subAttributes: readonly Attribute[];
}

/** A schema as `/Schemas` tells it. */
export interface SchemaDocument {
  id: string;
  name: string;
  description: string;
  attributes: Json[];
}

export const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
const GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

function described(definition: { describe(): unknown }): SchemaDocument {
  const { id, name, description, attributes } = JSON.parse(
    JSON.stringify(definition.describe()),
  ) as SchemaDocument;
  return { id, name, description, attributes };
}

const { User, Group, EnterpriseUser } = SCIMMY.Schemas;
export const SCHEMAS: readonly SchemaDocument[] = [User, Group, EnterpriseUser].map(({ definition }) =>
  described(definition),
);

/** What a description leaves out is RFC 7643 §2.2's default. */
function attributeOf(given: Json): Attribute {
  const { subAttributes = [], ...known } = given as unknown as Partial<Attribute> & { name: string };
  return {
    type: "string",
    multiValued: false,
    required: false,
    caseExact: false,
    mutability: "readWrite",
    returned: "default",
    ...known,
    subAttributes: (subAttributes as unknown as Json[]).map(attributeOf),
  };
}

const attributesOf = (schema: string): Attribute[] =>
  (SCHEMAS.find(({ id }) => id === schema)?.attributes ?? []).map(attributeOf);

/** RFC 7643 §3.1: what every resource has. */
const COMMON: readonly Attribute[] = [
  { name: "id", caseExact: true, mutability: "readOnly", returned: "always" },
  { name: "externalId", caseExact: true },
  {
    name: "meta",
    type: "complex",
    mutability: "readOnly",
    subAttributes: [
      { name: "resourceType", caseExact: true },
      { name: "created", type: "dateTime" },
      { name: "lastModified", type: "dateTime" },
      { name: "location", type: "reference", caseExact: true },
      { name: "version", caseExact: true },
    ],
  },
].map(attributeOf);

interface Definition {
  /** Below the endpoint's own address. */
  endpoint: "/Users" | "/Groups";
  schema: string;
  extensions: readonly string[];
  attributes: ReadonlyMap<string, readonly Attribute[]>;
}

export const DEFINITIONS: Readonly<Record<ResourceType, Definition>> = {
  User: {
    endpoint: "/Users",
    schema: USER,
    extensions: [ENTERPRISE],
    attributes: new Map([
      [USER, [...COMMON, ...attributesOf(USER)]],
      [ENTERPRISE, attributesOf(ENTERPRISE)],
    ]),
  },
  Group: {
    endpoint: "/Groups",
    schema: GROUP,
    extensions: [],
    attributes: new Map([[GROUP, [...COMMON, ...attributesOf(GROUP)]]]),
  },
};

export const RESOURCE_TYPES = Object.keys(DEFINITIONS) as ResourceType[];

/** One attribute of a resource. */
export interface Located {
  /** The extension whose it is; null: the resource's own. */
  extension: string | null;
  /** Null: the extension as a whole. */
  attribute: Attribute | null;
  sub: Attribute | null;
}

/** By its name in any case (RFC 7643 §2.1). */
export const named = (attributes: readonly Attribute[], name: string): Attribute | null =>
  attributes.find((attribute) => attribute.name.toLowerCase() === name.toLowerCase()) ?? null;

const NAMES = /^([a-z$][\w$-]*)(?:\.([a-z$][\w$-]*))?$/iu;

/**
 * What a path without a filter leads to: `name.givenName`, also with its schema in front (RFC 7644 §3.10).
 * @returns null for what the type does not have.
 */
export function locate(type: ResourceType, path: string): Located | null {
  const { schema, attributes } = DEFINITIONS[type];
  const lower = path.toLowerCase();
  let rest = path;
  let within = schema;
  for (const known of attributes.keys()) {
    if (lower === known.toLowerCase())
      return known === schema ? null : { extension: known, attribute: null, sub: null };
    if (!lower.startsWith(`${known.toLowerCase()}:`)) continue;
    within = known;
    rest = path.slice(known.length + 1);
  }
  const [, name = "", subName] = NAMES.exec(rest) ?? [];
  const attribute = named(attributes.get(within) ?? [], name);
  if (attribute === null) return null;
  const sub = subName === undefined ? null : named(attribute.subAttributes, subName);
  if (subName !== undefined && sub === null) return null;
  return { extension: within === schema ? null : within, attribute, sub };
}
