/** What the endpoint says of itself (RFC 7644 §4, RFC 7643 §5 to §7, RFC 9865 §4). */
import { CURSOR_SECONDS } from "./cursor.ts";
import { ScimError } from "./error.ts";
import { DEFAULT_PAGE, MAX_PAGE } from "./query.ts";
import { DEFINITIONS, type Json, RESOURCE_TYPES, SCHEMAS } from "./schemas.ts";

const CORE = "urn:ietf:params:scim:schemas:core:2.0";

/** Bodies above it are refused by the door, whatever they hold. */
const MAX_BULK_BYTES = 1024 * 1024;
export const MAX_BULK_OPERATIONS = 500;

const metaOf = (resourceType: string, location: string) => ({ resourceType, location });

/** @param base the endpoint's own address. */
export const serviceProviderConfig = (base: string): Json => ({
  schemas: [`${CORE}:ServiceProviderConfig`],
  patch: { supported: true },
  bulk: { supported: true, maxOperations: MAX_BULK_OPERATIONS, maxPayloadSize: MAX_BULK_BYTES },
  filter: { supported: true, maxResults: MAX_PAGE },
  changePassword: { supported: false },
  sort: { supported: true },
  etag: { supported: true },
  pagination: {
    cursor: true,
    index: true,
    defaultPaginationMethod: "index",
    defaultPageSize: DEFAULT_PAGE,
    maxPageSize: MAX_PAGE,
    cursorTimeout: CURSOR_SECONDS,
  },
  authenticationSchemes: [
    {
      type: "oauthbearertoken",
      name: "Bearer token",
      description: "A token of one source, made by `rollcall scim-source add` and told once.",
      specUri: "https://www.rfc-editor.org/info/rfc6750",
      primary: true,
    },
  ],
  meta: metaOf("ServiceProviderConfig", `${base}/ServiceProviderConfig`),
});

const listOf = (resources: Json[]): Json => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
  totalResults: resources.length,
  itemsPerPage: resources.length,
  startIndex: 1,
  Resources: resources,
});

const nothing = (what: string) => new ScimError(404, null, `There is no ${what} of this id.`);

function resourceTypeOf(base: string, name: (typeof RESOURCE_TYPES)[number]): Json {
  const { endpoint, schema, extensions } = DEFINITIONS[name];
  return {
    schemas: [`${CORE}:ResourceType`],
    id: name,
    name,
    endpoint,
    description: name === "User" ? "User Account" : "Group",
    schema,
    schemaExtensions: extensions.map((extension) => ({ schema: extension, required: false })),
    meta: metaOf("ResourceType", `${base}/ResourceTypes/${name}`),
  };
}

/** @param id one of them; null: all. @throws {ScimError} with 404 */
export function resourceTypes(base: string, id: string | null): Json {
  if (id === null) return listOf(RESOURCE_TYPES.map((name) => resourceTypeOf(base, name)));
  const found = RESOURCE_TYPES.find((name) => name === id);
  if (found === undefined) throw nothing("resource type");
  return resourceTypeOf(base, found);
}

/** @param id one of them, an URN in any case; null: all. @throws {ScimError} with 404 */
export function schemas(base: string, id: string | null): Json {
  const all = SCHEMAS.map((schema) => ({
    schemas: [`${CORE}:Schema`],
    ...schema,
    meta: metaOf("Schema", `${base}/Schemas/${schema.id}`),
  }));
  if (id === null) return listOf(all);
  const found = all.find((schema) => schema.id.toLowerCase() === id.toLowerCase());
  if (found === undefined) throw nothing("schema");
  return found;
}
