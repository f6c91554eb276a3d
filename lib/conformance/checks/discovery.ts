/** What the service says of itself (RFC 7644 §4), and whether it is so. */
import { check, may, must, passed, should, warned } from "../check.ts";
import { USER_SCHEMA } from "../identity.ts";
import { type Exchange, NotTried } from "../probe.ts";
import { answered, bodyOf, hasSchema, isJson, type Json, listFault, resourcesOf } from "../shapes.ts";

const CONFIG = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig";
const MEDIA_TYPE = "application/scim+json";
/** Endpoints of resource types that are asked, of what may be many. */
const MOST_TYPES = 5;

const part = (of: Json, name: string): Json => (isJson(of[name]) ? of[name] : {});

/** What is wrong with ServiceProviderConfig (RFC 7643 §5). */
export function configFault(exchange: Exchange): string | null {
  if (exchange.status !== 200) return `${answered(exchange)} in place of 200.`;
  const config = bodyOf(exchange);
  if (!hasSchema(config, CONFIG)) return `"schemas" does not name ${CONFIG}.`;
  const features = ["patch", "bulk", "filter", "changePassword", "sort", "etag"];
  const unsaid = features.filter((name) => typeof part(config, name).supported !== "boolean");
  if (unsaid.length > 0)
    return `It does not say whether it has ${unsaid.join(", ")} ("supported" is no boolean).`;
  const numbers = [
    ["bulk", "maxOperations"],
    ["bulk", "maxPayloadSize"],
    ["filter", "maxResults"],
  ] as const;
  const missing = numbers.filter(([name, key]) => !Number.isInteger(part(config, name)[key]));
  if (missing.length > 0)
    return `${missing.map(([name, key]) => `"${name}.${key}"`).join(", ")}: no whole number.`;
  return Array.isArray(config.authenticationSchemes) ? null : '"authenticationSchemes" is no list.';
}

/** What is wrong with the resource types (RFC 7643 §6). */
function typesFault(exchange: Exchange): string | null {
  const fault = listFault(exchange);
  if (fault !== null) return fault;
  const types = resourcesOf(exchange);
  for (const name of ["name", "endpoint", "schema"]) {
    if (types.some((type) => typeof type[name] !== "string")) return `A resource type has no "${name}".`;
  }
  const user = types.find(({ schema }) => schema === USER_SCHEMA);
  return user === undefined ? `No resource type has the schema ${USER_SCHEMA}.` : null;
}

/** What is wrong with the schemas (RFC 7643 §7). */
function schemasFault(exchange: Exchange): string | null {
  const fault = listFault(exchange);
  if (fault !== null) return fault;
  const schemas = resourcesOf(exchange);
  if (schemas.some(({ id }) => typeof id !== "string")) return 'A schema has no "id".';
  if (schemas.some(({ attributes }) => !Array.isArray(attributes)))
    return 'A schema has no list of "attributes".';
  return schemas.some(({ id }) => id === USER_SCHEMA) ? null : `${USER_SCHEMA} is not among them.`;
}

const schemaNames = (types: Exchange): string[] =>
  resourcesOf(types).flatMap(({ schema, schemaExtensions }) => [
    ...(typeof schema === "string" ? [schema] : []),
    ...(Array.isArray(schemaExtensions) ? schemaExtensions.filter(isJson) : []).flatMap((one) =>
      typeof one.schema === "string" ? [one.schema] : [],
    ),
  ]);

const typeOf = ({ headers }: Exchange): string =>
  (headers.get("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";

/** Names of the attributes of all schemas, in lower case. */
const attributesOf = (schemas: Exchange): Set<string> =>
  new Set(
    resourcesOf(schemas).flatMap(({ attributes }) =>
      (Array.isArray(attributes) ? attributes.filter(isJson) : []).flatMap(({ name }) =>
        typeof name === "string" ? [name.toLowerCase()] : [],
      ),
    ),
  );

/** RFC 7643 §3.1: these stand in no schema. */
const COMMON = new Set(["schemas", "id", "externalid", "meta"]);

/** Attributes of a resource that no schema names, an extension counting as one. */
function undeclared(resource: Json, schemas: Exchange): string[] {
  const known = attributesOf(schemas);
  const urns = new Set(resourcesOf(schemas).map(({ id }) => String(id).toLowerCase()));
  return Object.keys(resource).filter((key) => {
    const name = key.toLowerCase();
    return !COMMON.has(name) && !known.has(name) && !urns.has(name);
  });
}

export const DISCOVERY = [
  check({
    id: "discovery.service-provider-config",
    title: "ServiceProviderConfig says what the service has",
    requirement: must("RFC 7643", "5"),
    severity: "medium",
    level: "read",
    mend: "Answer GET /ServiceProviderConfig with every attribute that RFC 7643 §5 requires, so that clients need not guess.",
    ask: (run) => run.config(),
    judge: configFault,
  }),
  check({
    id: "discovery.resource-types",
    title: "ResourceTypes lists the user",
    requirement: must("RFC 7644", "4"),
    severity: "medium",
    level: "read",
    mend: 'Answer GET /ResourceTypes with a ListResponse in which each type has "name", "endpoint" and "schema".',
    ask: (run) => run.types(),
    judge: typesFault,
  }),
  check({
    id: "discovery.schemas",
    title: "Schemas describes the user's attributes",
    requirement: must("RFC 7644", "4"),
    severity: "low",
    level: "read",
    mend: 'Answer GET /Schemas with a ListResponse of the schemas in use, each with its "id" and "attributes".',
    ask: (run) => run.schemas(),
    judge: schemasFault,
  }),
  check({
    id: "discovery.types-described",
    title: "Each schema that ResourceTypes names is described",
    requirement: must("RFC 7643", "6"),
    severity: "low",
    level: "read",
    mend: "List in /Schemas every schema and extension that /ResourceTypes names.",
    async ask(run) {
      const [types, schemas] = [await run.types(), await run.schemas()];
      if (typesFault(types) !== null || schemasFault(schemas) !== null)
        throw new NotTried("not-tried", "Resource types or schemas can't be read.");
      return { types, schemas };
    },
    judge({ types, schemas }) {
      const known = new Set(resourcesOf(schemas).map(({ id }) => id));
      const missing = schemaNames(types).filter((name) => !known.has(name));
      return missing.length === 0 ? null : `Not described: ${[...new Set(missing)].slice(0, 5).join(", ")}.`;
    },
  }),
  check({
    id: "discovery.endpoints",
    title: "Each endpoint that ResourceTypes names answers",
    requirement: must("RFC 7643", "6"),
    severity: "medium",
    level: "read",
    mend: "Serve the endpoints that /ResourceTypes names, or take those types off the list.",
    async ask(run) {
      const endpoints = resourcesOf(await run.types())
        .map(({ endpoint }) => endpoint)
        .filter((path): path is string => typeof path === "string" && /^\/[\w/-]{1,80}$/u.test(path));
      if (endpoints.length === 0) throw new NotTried("not-tried", "No endpoint is named.");
      const answers: [string, number][] = [];
      for (const path of endpoints.slice(0, MOST_TYPES)) {
        const known =
          path === "/Users"
            ? run.users()
            : path === "/Groups"
              ? run.groups()
              : run.look(path, { count: "1" });
        answers.push([path, (await known).status]);
      }
      return answers;
    },
    judge(answers) {
      const failing = answers.filter(([, status]) => status !== 200);
      return failing.length === 0
        ? null
        : failing.map(([path, status]) => `GET ${path} is answered with HTTP ${status}.`).join(" ");
    },
  }),
  check({
    id: "discovery.media-type",
    title: "Answers are application/scim+json",
    requirement: must("RFC 7644", "3.8"),
    severity: "low",
    level: "read",
    mend: "Send Content-Type: application/scim+json with every SCIM answer that has a body.",
    ask: async (run) => [await run.config(), await run.users()],
    judge(answers) {
      const types = [...new Set(answers.filter(({ text }) => text !== "").map(typeOf))];
      const others = types.filter((type) => type !== MEDIA_TYPE);
      if (others.length === 0) return passed;
      const said = `The content type is ${others.map((type) => (type === "" ? "not given" : type)).join(", ")}.`;
      // Clients commonly read this one as well.
      return others.every((type) => type === "application/json") ? warned(said) : said;
    },
  }),
  check({
    id: "discovery.not-filtered",
    title: "What the service says of itself is not filtered",
    requirement: should("RFC 7644", "4"),
    severity: "low",
    level: "read",
    mend: "Answer a filter on /ServiceProviderConfig, /ResourceTypes or /Schemas with 403.",
    ask: (run) => run.look("/Schemas", { filter: 'id eq "none"' }, true),
    judge: (exchange) => (exchange.status === 403 ? null : `${answered(exchange)} in place of 403.`),
  }),
  check({
    id: "discovery.attributes-declared",
    title: "Users have no attributes that no schema names",
    requirement: may("RFC 7643", "7"),
    severity: "low",
    level: "read",
    mend: "Describe every attribute that users have in /Schemas, in an extension of your own where it is none of the standard's.",
    async ask(run) {
      const schemas = await run.schemas();
      if (schemasFault(schemas) !== null) throw new NotTried("not-tried", "The schemas can't be read.");
      return { schemas, resource: (await run.somebody(await run.users())).resource };
    },
    judge({ schemas, resource }) {
      const unknown = undeclared(resource, schemas);
      return unknown.length === 0
        ? null
        : `In no schema: ${unknown
            .slice(0, 5)
            .map((key) => `"${key.slice(0, 60)}"`)
            .join(", ")}.`;
    },
  }),
];
