/** What a request asks a list for (RFC 7644 §3.4.2, §3.4.3; RFC 9865). */
import { anyCase } from "../ingest/adapters/read.ts";
import { bad } from "./error.ts";
import { type Filter, parseFilter } from "./filter.ts";
import { isJson } from "./resource.ts";
import { type Wanted, wantedOf } from "./returned.ts";

/** What one page holds when nothing is asked, and at most. */
export const DEFAULT_PAGE = 100;
export const MAX_PAGE = 500;

export interface ListQuery {
  filter: Filter | null;
  /** As it stands: what a cursor belongs to. */
  filterText: string | null;
  sortBy: string | null;
  descending: boolean;
  /** 1-based. */
  startIndex: number;
  /** Null: as many as a page holds by itself. */
  count: number | null;
  /** Empty: the first page; null: paging by index. */
  cursor: string | null;
  wanted: Wanted;
}

interface Given {
  filter: string | null;
  sortBy: string | null;
  sortOrder: string | null;
  startIndex: string | null;
  count: string | null;
  cursor: string | null;
  attributes: readonly string[];
  excluded: readonly string[];
}

const NAMES = ["filter", "sortBy", "sortOrder", "startIndex", "count", "cursor"] as const;
const MAX_ATTRIBUTES = 200;

function integerOf(text: string | null, name: string): number | null {
  if (text === null) return null;
  if (!/^[+-]?\d{1,9}$/u.test(text.trim())) throw bad("invalidValue", `"${name}" is a whole number.`);
  return Number(text);
}

/** @throws {ScimError} invalidCount, RFC 9865's, where the list is paged by cursor. */
function countOf(text: string | null, byCursor: boolean): number | null {
  if (!byCursor) {
    const count = integerOf(text, "count");
    // Less than nothing is nothing (RFC 7644 §3.4.2.4).
    return count === null ? null : Math.max(0, Math.min(count, MAX_PAGE));
  }
  if (text === null) return null;
  if (!/^\d{1,9}$/u.test(text.trim()) || Number(text) < 1)
    throw bad("invalidCount", `The count of a page is 1 to ${MAX_PAGE}.`);
  return Math.min(Number(text), MAX_PAGE);
}

function queryOf(given: Given): ListQuery {
  const { filter, sortBy, sortOrder, startIndex, count, cursor } = given;
  if ([...given.attributes, ...given.excluded].length > MAX_ATTRIBUTES)
    throw bad("invalidValue", `Ask for ${MAX_ATTRIBUTES} attributes at most.`);
  const order = sortOrder?.toLowerCase() ?? "ascending";
  if (order !== "ascending" && order !== "descending")
    throw bad("invalidValue", "The sortOrder is ascending or descending.");
  return {
    filter: filter === null || filter.trim() === "" ? null : parseFilter(filter),
    filterText: filter,
    sortBy: sortBy?.trim() || null,
    descending: order === "descending",
    startIndex: Math.max(1, integerOf(startIndex, "startIndex") ?? 1),
    count: countOf(count, cursor !== null),
    cursor,
    wanted: wantedOf(given.attributes, given.excluded),
  };
}

const split = (text: string | null): string[] =>
  (text ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");

/** Parameters by their names in any case. */
function parameter(parameters: URLSearchParams, name: string): string | null {
  const found = [...parameters].find(([key]) => key.toLowerCase() === name.toLowerCase());
  return found?.[1] ?? null;
}

/** @throws {ScimError} invalidFilter, invalidValue, invalidCount */
export function queryOfUrl(parameters: URLSearchParams): ListQuery {
  const given = Object.fromEntries(
    NAMES.map((name) => [name, parameter(parameters, name)]),
  ) as unknown as Given;
  const attributes = split(parameter(parameters, "attributes"));
  return queryOf({ ...given, attributes, excluded: split(parameter(parameters, "excludedAttributes")) });
}

/** Which attributes of one resource are asked for. */
export const wantedOfUrl = (parameters: URLSearchParams): Wanted =>
  wantedOf(split(parameter(parameters, "attributes")), split(parameter(parameters, "excludedAttributes")));

function textIn(body: { [key: string]: unknown }, name: string): string | null {
  const value = anyCase(body, name);
  if (value === null) return null;
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  throw bad("invalidValue", `"${name}" is a text or a number.`);
}

function namesIn(body: { [key: string]: unknown }, name: string): string[] {
  const value = anyCase(body, name);
  const list = typeof value === "string" ? split(value) : (value ?? []);
  if (!Array.isArray(list) || !list.every((one) => typeof one === "string"))
    throw bad("invalidValue", `"${name}" is a list of names.`);
  return list;
}

/** The body of `POST /.search`. @throws {ScimError} as {@link queryOfUrl}, and invalidSyntax */
export function queryOfBody(body: unknown): ListQuery {
  if (!isJson(body)) throw bad("invalidSyntax", "A search is a JSON object.");
  const given = Object.fromEntries(NAMES.map((name) => [name, textIn(body, name)])) as unknown as Given;
  return queryOf({
    ...given,
    attributes: namesIn(body, "attributes"),
    excluded: namesIn(body, "excludedAttributes"),
  });
}
