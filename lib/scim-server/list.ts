/** Lists of resources: filtered, sorted, a page of them (RFC 7644 §3.4.2, RFC 9865). */
import type postgres from "postgres";
import {
  countScimRows,
  readScimRows,
  type ScimNarrowing,
  type ScimRow,
  type ScimScope,
  scimRowsOf,
} from "../../db/queries/scim-resources.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import type { Filter } from "./filter.ts";
import { matcher, type Test } from "./match.ts";
import { DEFAULT_PAGE, type ListQuery } from "./query.ts";
import { type Besides, represent, UUID } from "./represent.ts";
import { isWanted, shaped } from "./returned.ts";
import { DEFINITIONS, type Json, type ResourceType } from "./schemas.ts";
import { compareKeys, type SortKey, sortKeyOf } from "./sort.ts";

const LIST_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
/** Rows held against a filter at once. */
const FETCH = 1_000;

/** Where lists are read, and when. */
export interface ListContext {
  /** A transaction that sees one state: a list is read piece by piece. */
  sql: postgres.TransactionSql;
  scope: ScimScope;
  /** The endpoint's own address. */
  base: string;
  now: number;
}

/** One that fits, as short as it can be kept. */
interface Fitting {
  id: string;
  position: number;
  key: SortKey;
}

/** Names that are looked up by an index, without the schema before them, in lower case. */
function columnOf(path: string): keyof ScimNarrowing | null {
  const lower = path.toLowerCase();
  const schema = Object.values(DEFINITIONS)
    .map((definition) => `${definition.schema.toLowerCase()}:`)
    .find((prefix) => lower.startsWith(prefix));
  switch (lower.slice(schema?.length ?? 0)) {
    case "id":
      return "resource";
    case "username":
      return "userName";
    case "displayname":
      return "displayName";
    case "externalid":
      return "externalId";
    default:
      return null;
  }
}

/** What whatever fits must have, so that few rows are read; the filter itself is asked all the same. */
function narrowingOf(filter: Filter | null): ScimNarrowing {
  const terms = filter === null ? [] : filter.op === "and" ? filter.filters : [filter];
  const narrowing: ScimNarrowing = {};
  for (const term of terms) {
    if (term.op !== "eq" || typeof term.value !== "string") continue;
    const column = columnOf(term.path);
    if (column === "resource") {
      if (UUID.test(term.value)) narrowing.resource = term.value.toLowerCase();
    } else if (column === "externalId") narrowing.externalId = term.value;
    else if (column !== null) narrowing[column] = term.value.toLowerCase();
  }
  return narrowing;
}

/** Whether a text of a query may speak of an attribute: rather once too often. */
const mentions = (query: ListQuery, name: string): boolean =>
  `${query.filterText ?? ""} ${query.sortBy ?? ""}`.toLowerCase().includes(name);

/** All that fit, in order. */
async function fittingOf(
  { sql, scope, base }: ListContext,
  types: readonly ResourceType[],
  query: ListQuery,
): Promise<Fitting[]> {
  const { filter, sortBy, descending } = query;
  const tests = new Map<ResourceType, Test>(
    types.map((type) => [type, filter === null ? () => true : matcher(type, filter)]),
  );
  const keyOf = sortBy === null ? () => null : sortKeyOf(types, sortBy);
  const besides: Besides = { groups: mentions(query, "groups"), members: mentions(query, "members") };
  const fitting: Fitting[] = [];
  for (let after = -1; ; ) {
    const rows = await readScimRows(sql, scope, types, { after, limit: FETCH }, narrowingOf(filter));
    const resources = await represent(sql, scope, base, rows, besides);
    rows.forEach(({ resource: id, position, type }, i) => {
      const resource = resources[i] ?? {};
      if (tests.get(type)?.(resource)) fitting.push({ id, position, key: keyOf(type, resource) });
    });
    after = rows.at(-1)?.position ?? after;
    if (rows.length < FETCH) break;
  }
  if (sortBy === null) return fitting;
  return fitting.sort((a, b) => orderOf(a, b, descending));
}

const orderOf = (a: Omit<Fitting, "id">, b: Omit<Fitting, "id">, descending: boolean): number =>
  (descending ? compareKeys(b.key, a.key) : compareKeys(a.key, b.key)) || a.position - b.position;

interface Page {
  rows: ScimRow[];
  total: number;
  /** Where the next page goes on; null behind the last one. */
  next: { position: number; key: SortKey } | null;
}

/** A page of everything, which PostgreSQL cuts. */
async function plainPage(
  { sql, scope }: ListContext,
  types: readonly ResourceType[],
  query: ListQuery,
  after: number | null,
): Promise<Page> {
  const count = query.count ?? DEFAULT_PAGE;
  const begin = after === null ? { offset: query.startIndex - 1 } : { after };
  const total = await countScimRows(sql, scope, types);
  const rows = count === 0 ? [] : await readScimRows(sql, scope, types, { ...begin, limit: count + 1 });
  const last = rows.length > count ? rows[count - 1] : undefined;
  return { rows: rows.slice(0, count), total, next: last ? { position: last.position, key: null } : null };
}

async function chosenPage(
  context: ListContext,
  types: readonly ResourceType[],
  query: ListQuery,
  behind: { position: number; key: SortKey } | null,
): Promise<Page> {
  const count = query.count ?? DEFAULT_PAGE;
  const fitting = await fittingOf(context, types, query);
  const first =
    behind === null
      ? query.cursor === null
        ? query.startIndex - 1
        : 0
      : fitting.findIndex((one) => orderOf(one, behind, query.descending) > 0);
  const page = first < 0 ? [] : fitting.slice(first, first + count);
  const rows = await scimRowsOf(
    context.sql,
    context.scope,
    page.map(({ id }) => id),
  );
  const last = page.at(-1);
  return { rows, total: fitting.length, next: last && first + count < fitting.length ? last : null };
}

/**
 * One page of the resources of some types that fit a query, as a ListResponse.
 * @throws {ScimError} invalidFilter, invalidPath, invalidCursor, expiredCursor
 */
export async function listResources(
  context: ListContext,
  types: readonly ResourceType[],
  query: ListQuery,
): Promise<Json> {
  const { filterText, sortBy, descending, cursor, wanted } = query;
  const same = [context.scope, types, filterText, sortBy, descending];
  const behind = cursor === null || cursor === "" ? null : readCursor(cursor, same, context.now);
  const plain = query.filter === null && sortBy === null;
  const page = plain
    ? await plainPage(context, types, query, cursor === null ? null : (behind?.position ?? -1))
    : await chosenPage(context, types, query, behind);
  const besides = {
    groups: types.includes("User") && isWanted("User", wanted, "groups"),
    members: types.includes("Group") && isWanted("Group", wanted, "members"),
  };
  const resources = await represent(context.sql, context.scope, context.base, page.rows, besides);
  return {
    schemas: [LIST_SCHEMA],
    totalResults: page.total,
    itemsPerPage: page.rows.length,
    ...(cursor === null ? { startIndex: query.startIndex } : {}),
    ...(cursor !== null && page.next !== null
      ? { nextCursor: writeCursor(page.next, same, context.now) }
      : {}),
    Resources: page.rows.map((row, i) => shaped(row.type, resources[i] ?? {}, wanted)),
  };
}
