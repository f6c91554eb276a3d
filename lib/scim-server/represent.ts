/** Resources as they are returned: with id, schemas, meta, and what other resources say of them. */
import type { SqlSession } from "../../db/client.ts";
import {
  type ScimNamed,
  type ScimRow,
  type ScimScope,
  scimMembersOf,
  scimNamesOf,
  scimTeamsOf,
} from "../../db/queries/scim-resources.ts";
import { etagOf } from "./etag.ts";
import { isJson } from "./resource.ts";
import { DEFINITIONS, ENTERPRISE, type Json } from "./schemas.ts";

export const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu;

/** Where a resource is. @param base the endpoint's own address. */
export const locationOf = (base: string, type: "User" | "Group", id: string): string =>
  `${base}${DEFINITIONS[type].endpoint}/${id}`;

/** Which of what lies in other rows is wanted. */
export interface Besides {
  /** The groups of users. */
  groups: boolean;
  /** The members of groups. */
  members: boolean;
}

const managerOf = (data: Json): Json | null => {
  const enterprise = data[ENTERPRISE];
  return isJson(enterprise) && isJson(enterprise.manager) ? enterprise.manager : null;
};

/** The id of a user's manager, where it is one of this source. */
export function managerIdOf(data: Json): string | null {
  const value = managerOf(data)?.value;
  return typeof value === "string" && UUID.test(value) ? value.toLowerCase() : null;
}

const nameOf = (named: ScimNamed | undefined): string | null =>
  named === undefined ? null : (named.displayName ?? named.userName);

function withManager(data: Json, base: string, names: ReadonlyMap<string, ScimNamed>): Json {
  const id = managerIdOf(data);
  const display = nameOf(names.get(id ?? ""));
  if (id === null || display === null) return data;
  const manager = { ...managerOf(data), $ref: locationOf(base, "User", id), displayName: display };
  return { ...data, [ENTERPRISE]: { ...(data[ENTERPRISE] as Json), manager } };
}

function referring(id: string, base: string, names: ReadonlyMap<string, ScimNamed>): Json {
  const named = names.get(id);
  const display = nameOf(named);
  return {
    value: id,
    $ref: locationOf(base, named?.type ?? "User", id),
    ...(display === null ? {} : { display }),
  };
}

function whole(row: ScimRow, base: string, own: Json): Json {
  const { schema, extensions } = DEFINITIONS[row.type];
  return {
    schemas: [schema, ...extensions.filter((extension) => extension in own)],
    id: row.resource,
    ...own,
    meta: {
      resourceType: row.type,
      created: new Date(row.createdAt).toISOString(),
      lastModified: new Date(row.changedAt).toISOString(),
      location: locationOf(base, row.type, row.resource),
      version: etagOf(row.version),
    },
  };
}

/** Resources of a source as they are returned, in their order. @param base the endpoint's own address. */
export async function represent(
  sql: SqlSession,
  scope: ScimScope,
  base: string,
  rows: readonly ScimRow[],
  besides: Besides,
): Promise<Json[]> {
  const idsOf = (type: ScimRow["type"]) => rows.filter((row) => row.type === type).map((row) => row.resource);
  const [users, groups] = [idsOf("User"), idsOf("Group")];
  const teams = besides.groups && users.length > 0 ? await scimTeamsOf(sql, scope, users) : new Map();
  const members = besides.members && groups.length > 0 ? await scimMembersOf(sql, scope, groups) : new Map();
  const referred = [...teams.values(), ...members.values()].flat() as string[];
  const managers = rows.flatMap(({ data }) => managerIdOf(data) ?? []);
  const names = await scimNamesOf(sql, scope, [...referred, ...managers]);
  return rows.map((row) => {
    const ids: string[] = (row.type === "User" ? teams : members).get(row.resource) ?? [];
    const refer = ids.map((id) => referring(id, base, names));
    const typed = refer.map((one, i) => ({
      ...one,
      type: row.type === "User" ? "direct" : (names.get(ids[i] ?? "")?.type ?? "User"),
    }));
    const own = withManager(row.data, base, names);
    if (typed.length === 0) return whole(row, base, own);
    return whole(row, base, { ...own, [row.type === "User" ? "groups" : "members"]: typed });
  });
}
