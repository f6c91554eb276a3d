/** Requests at the SCIM endpoint and their answers (RFC 7644 §3). */
import type { Db } from "../../db/client.ts";
import { scimRowsOf } from "../../db/queries/scim-resources.ts";
import type { ScimSource } from "../../db/queries/scim-sources.ts";
import { bulk } from "./bulk.ts";
import { resourceTypes, schemas, serviceProviderConfig } from "./discovery.ts";
import { bad, errorBody, ScimError } from "./error.ts";
import { etagOf, isKnown } from "./etag.ts";
import { listResources } from "./list.ts";
import { type ListQuery, queryOfBody, queryOfUrl, wantedOfUrl } from "./query.ts";
import { locationOf, represent, UUID } from "./represent.ts";
import { isWanted, shaped, type Wanted } from "./returned.ts";
import { DEFINITIONS, type Json, RESOURCE_TYPES, type ResourceType } from "./schemas.ts";
import type { WriteContext } from "./work.ts";
import { type Changed, writeResource } from "./write.ts";

/** Where the endpoint is below the address of the installation. */
export const SCIM_PATH = "/scim/v2";
const MEDIA_TYPE = "application/scim+json";

/** A request whose sender is known. */
export interface ScimRequest {
  method: string;
  /** Behind the endpoint's own address, percent-decoded: `["Users", "…"]`. */
  path: readonly string[];
  parameters: URLSearchParams;
  header(name: string): string | null;
  /** The body's JSON. @throws {ScimError} for what is none. */
  body(): Promise<unknown>;
}

/** Who sends it, and where it is carried out. */
export interface ScimVisit {
  db: Db;
  workspace: string;
  source: ScimSource;
  /** The endpoint's own address. */
  base: string;
  /** Id of the request. */
  request: string;
}

const scimJson = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { ...headers, "content-type": MEDIA_TYPE } });

/** A refusal as an answer. */
export const scimProblem = ({ status, scimType, message, headers }: ScimError): Response =>
  scimJson(status, errorBody(status, scimType, message), headers);

/** @throws {ScimError} with 405 */
function only(request: ScimRequest, ...methods: string[]): void {
  if (methods.includes(request.method)) return;
  throw new ScimError(405, null, `There is nothing here that ${request.method} does.`, {
    allow: methods.join(", "),
  });
}

/** @throws {ScimError} with 415 */
function requireJson(request: ScimRequest): void {
  const type = (request.header("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (["", "application/json", MEDIA_TYPE].includes(type)) return;
  throw new ScimError(415, null, `Send ${MEDIA_TYPE}.`);
}

async function bodyOf(request: ScimRequest): Promise<unknown> {
  requireJson(request);
  return request.body();
}

const scopeOf = ({ workspace, source }: ScimVisit) => ({ workspace, source: source.source });

async function list(visit: ScimVisit, types: readonly ResourceType[], query: ListQuery): Promise<Response> {
  const found = await visit.db.sql.begin("isolation level repeatable read read only", async (sql) => ({
    page: await listResources(
      { sql, scope: scopeOf(visit), base: visit.base, now: Date.now() },
      types,
      query,
    ),
  }));
  return scimJson(200, found.page);
}

const besidesOf = (type: ResourceType, wanted: Wanted) => ({
  groups: type === "User" && isWanted(type, wanted, "groups"),
  members: type === "Group" && isWanted(type, wanted, "members"),
});

async function read(
  visit: ScimVisit,
  type: ResourceType,
  id: string,
  request: ScimRequest,
): Promise<Response> {
  const wanted = wantedOfUrl(request.parameters);
  const { sql } = visit.db;
  const [row] = UUID.test(id) ? await scimRowsOf(sql, scopeOf(visit), [id.toLowerCase()]) : [];
  if (row?.type !== type) throw new ScimError(404, null, `There is no ${type} of this id.`);
  const etag = etagOf(row.version);
  if (isKnown(request.header("if-none-match"), row.version))
    return new Response(null, { status: 304, headers: { etag } });
  const [resource = {}] = await represent(sql, scopeOf(visit), visit.base, [row], besidesOf(type, wanted));
  return scimJson(200, shaped(type, resource, wanted), { etag, location: locationOf(visit.base, type, id) });
}

/** What a change is answered with: the resource as it is now, or nothing where that is not asked for. */
async function changedAnswer(
  visit: ScimVisit,
  request: ScimRequest,
  type: ResourceType,
  { status, id, row }: Changed,
): Promise<Response> {
  if (row === null) return new Response(null, { status: 204 });
  const headers = { etag: etagOf(row.version), location: locationOf(visit.base, type, id) };
  const wanted = wantedOfUrl(request.parameters);
  // A group may have any number of members, and who changes one of them does not ask for all.
  const told = wanted.attributes !== null || wanted.excluded !== null;
  if (request.method === "PATCH" && type === "Group" && !told)
    return new Response(null, { status: 204, headers });
  const [resource = {}] = await represent(
    visit.db.sql,
    scopeOf(visit),
    visit.base,
    [row],
    besidesOf(type, wanted),
  );
  return scimJson(status, shaped(type, resource, wanted), headers);
}

const CHANGES = ["POST", "PUT", "PATCH", "DELETE"] as const;

async function change(
  visit: ScimVisit,
  request: ScimRequest,
  type: ResourceType,
  id: string | null,
): Promise<Response> {
  const method = CHANGES.find((known) => known === request.method);
  if (method === undefined) throw bad("invalidSyntax", "This method changes nothing.");
  // Said before anything is changed.
  wantedOfUrl(request.parameters);
  const body = method === "DELETE" ? null : await bodyOf(request);
  const ifMatch = request.header("if-match");
  const changed = await writeResource(visit satisfies WriteContext, { method, type, id, body, ifMatch });
  return changedAnswer(visit, request, type, changed);
}

async function resources(
  visit: ScimVisit,
  request: ScimRequest,
  type: ResourceType,
  rest: readonly string[],
): Promise<Response> {
  const [id, more] = rest;
  if (more !== undefined) throw new ScimError(404, null, "There is nothing at this address.");
  if (id === undefined) {
    only(request, "GET", "POST");
    return request.method === "GET"
      ? list(visit, [type], queryOfUrl(request.parameters))
      : change(visit, request, type, null);
  }
  if (id === ".search") {
    only(request, "POST");
    return list(visit, [type], queryOfBody(await bodyOf(request)));
  }
  only(request, "GET", "PUT", "PATCH", "DELETE");
  return request.method === "GET" ? read(visit, type, id, request) : change(visit, request, type, id);
}

/** What the endpoint says of itself is not searched (RFC 7644 §4). */
function described(request: ScimRequest, describe: () => Json): Response {
  only(request, "GET");
  if ([...request.parameters.keys()].some((key) => key.toLowerCase() === "filter"))
    throw new ScimError(403, null, "This is not filtered.");
  return scimJson(200, describe());
}

async function dispatch(visit: ScimVisit, request: ScimRequest): Promise<Response> {
  const [endpoint, ...rest] = request.path;
  const type = RESOURCE_TYPES.find((name) => DEFINITIONS[name].endpoint === `/${endpoint}`);
  if (type !== undefined) return resources(visit, request, type, rest);
  const [id = null, more] = rest;
  const { base } = visit;
  if (more === undefined) {
    if (endpoint === "ResourceTypes") return described(request, () => resourceTypes(base, id));
    if (endpoint === "Schemas") return described(request, () => schemas(base, id));
  }
  if (id === null) {
    if (endpoint === "ServiceProviderConfig") return described(request, () => serviceProviderConfig(base));
    if (endpoint === undefined) {
      only(request, "GET");
      return list(visit, RESOURCE_TYPES, queryOfUrl(request.parameters));
    }
    if (endpoint === ".search") {
      only(request, "POST");
      return list(visit, RESOURCE_TYPES, queryOfBody(await bodyOf(request)));
    }
    if (endpoint === "Bulk") {
      only(request, "POST");
      return scimJson(200, await bulk(visit, await bodyOf(request)));
    }
    if (endpoint === "Me")
      throw new ScimError(501, null, "A token is a source's and no person's: there is no /Me.");
  }
  throw new ScimError(404, null, "There is nothing at this address.");
}

/** Answers a request; a refusal is an answer too. @throws what nobody foresaw. */
export async function answerScim(visit: ScimVisit, request: ScimRequest): Promise<Response> {
  try {
    return await dispatch(visit, request);
  } catch (error) {
    if (error instanceof ScimError) return scimProblem(error);
    throw error;
  }
}
