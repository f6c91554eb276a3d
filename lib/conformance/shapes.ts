/** What answers of a SCIM service look like: small pure readers that the judges share. */
import { ERROR_SCHEMA, LIST_RESPONSE } from "./identity.ts";
import type { Exchange } from "./probe.ts";

export type Json = { readonly [key: string]: unknown };

export const isJson = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The answer's object; an empty one where it is none. */
export const bodyOf = ({ json }: Pick<Exchange, "json">): Json => (isJson(json) ? json : {});

export const isOk = ({ status }: Pick<Exchange, "status">): boolean => status >= 200 && status < 300;

const textsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : []).filter((one): one is string => typeof one === "string");

/** Whether it names the schema; schema URNs are compared without regard to case (RFC 7644 §3.10). */
export const hasSchema = (of: Json, urn: string): boolean =>
  textsOf(of.schemas).some((one) => one.toLowerCase() === urn.toLowerCase());

/** A ListResponse's resources; none where there are none. */
export const resourcesOf = (exchange: Pick<Exchange, "json">): Json[] => {
  const { Resources: all } = bodyOf(exchange);
  return (Array.isArray(all) ? all : []).filter(isJson);
};

export const totalOf = (exchange: Pick<Exchange, "json">): number | null => {
  const { totalResults: total } = bodyOf(exchange);
  return typeof total === "number" && Number.isInteger(total) && total >= 0 ? total : null;
};

export const idOf = (of: Json): string | null => (typeof of.id === "string" && of.id !== "" ? of.id : null);

export const idsOf = (exchange: Pick<Exchange, "json">): string[] =>
  resourcesOf(exchange).flatMap((one) => idOf(one) ?? []);

/** Values of a multi-valued attribute; a single one counts as one. */
export const valuesOf = (of: Json, name: string): Json[] => {
  const { [name]: all } = of;
  return (Array.isArray(all) ? all : all === undefined ? [] : [all]).filter(isJson);
};

const same = (a: unknown, b: string): boolean => typeof a === "string" && a.toLowerCase() === b.toLowerCase();

/** Whether a resource has the user name, case aside (RFC 7643 §4.1.1). */
export const isNamed = (of: Json, userName: string): boolean => same(of.userName, userName);

/** How an answer that is no success is told. */
export const answered = ({ status }: Pick<Exchange, "status">): string => `It answered HTTP ${status}`;

/** What is wrong with a list; null where it has the form (RFC 7644 §3.4.2). */
export function listFault(exchange: Exchange): string | null {
  if (exchange.status !== 200) return `${answered(exchange)} in place of 200.`;
  if (!isJson(exchange.json)) return "The answer is no JSON object.";
  const { Resources: all } = exchange.json;
  if (!hasSchema(exchange.json, LIST_RESPONSE)) return `"schemas" does not name ${LIST_RESPONSE}.`;
  const { count, startIndex, cursor } = exchange.asked.query ?? {};
  const total = totalOf(exchange);
  // A page by cursor may leave it out (RFC 9865 §2).
  const isByCursor = cursor !== undefined || typeof exchange.json.nextCursor === "string";
  if (total === null && !(isByCursor && exchange.json.totalResults === undefined))
    return '"totalResults" is no whole number.';
  if (all !== undefined && !Array.isArray(all)) return '"Resources" is no list.';
  const mayBeEmpty = count === "0" || startIndex !== undefined || cursor !== undefined;
  if (total !== null && total > 0 && !mayBeEmpty && resourcesOf(exchange).length === 0)
    return `"totalResults" is ${total}, and "Resources" is empty.`;
  return null;
}

/** What is wrong with a refusal's body; null where it has the form (RFC 7644 §3.12). */
export function errorFault(exchange: Exchange): string | null {
  const { status, json, text } = exchange;
  if (text.trim() === "") return `The answer of HTTP ${status} has no body.`;
  if (!isJson(json)) return `The answer of HTTP ${status} is no JSON object.`;
  if (!hasSchema(json, ERROR_SCHEMA)) return `"schemas" does not name ${ERROR_SCHEMA}.`;
  if (json.status === undefined) return `The body has no "status".`;
  if (typeof json.status !== "string") return '"status" is no string.';
  if (json.status !== String(status))
    return `"status" in the body is not the status of the answer, which is ${status}.`;
  return null;
}

/**
 * What is wrong with a refusal.
 * @param statuses the first is what the standard asks for.
 * @param scimType null: it has none.
 */
export function refusalFault(
  exchange: Exchange,
  statuses: readonly number[],
  scimType: string | null,
): string | null {
  if (!statuses.includes(exchange.status)) return `${answered(exchange)} in place of ${statuses[0]}.`;
  const given = bodyOf(exchange).scimType;
  if (scimType === null || given === scimType) return null;
  return typeof given === "string"
    ? `"scimType" is not "${scimType}".`
    : `The refusal has no "scimType"; "${scimType}" is meant.`;
}
