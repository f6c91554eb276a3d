/** Users and groups that were provisioned into the SCIM endpoint, source by source. */
import type { SqlSession } from "../client.ts";
import { json } from "../json.ts";

type Type = "User" | "Group";

/** Which workspace, and of it which source. */
export interface ScimScope {
  workspace: string;
  source: string;
}

export interface ScimRow {
  resource: string;
  type: Type;
  position: number;
  version: number;
  data: Record<string, unknown>;
  createdAt: number;
  changedAt: number;
}

/** As it is looked up; names in lower case. */
export interface ScimKeys {
  userName: string | null;
  displayName: string | null;
  externalId: string | null;
}

/** What is known of a resource that another one names. */
export interface ScimNamed {
  resource: string;
  type: Type;
  userName: string | null;
  displayName: string | null;
}

/** What rows must have, where something of them is known beforehand. */
export type ScimNarrowing = Partial<ScimKeys & { resource: string }>;

const columns = (sql: SqlSession) => sql`
  resource, type, position::float8 "position", version, data, extract(epoch from created_at)::float8 * 1000 "createdAt",
  extract(epoch from changed_at)::float8 * 1000 "changedAt"`;

const inScope = (sql: SqlSession, { workspace, source }: ScimScope) =>
  sql`workspace_id = ${workspace} and source = ${source}`;

function narrowed(sql: SqlSession, { resource, userName, displayName, externalId }: ScimNarrowing) {
  return sql`
    ${resource === undefined ? sql`` : sql`and resource = ${resource}`}
    ${userName === undefined ? sql`` : sql`and user_name = ${userName}`}
    ${displayName === undefined ? sql`` : sql`and display_name = ${displayName}`}
    ${externalId === undefined ? sql`` : sql`and external_id = ${externalId}`}`;
}

/** In the order in which they were made. @param page behind a position, or after so many. */
export function readScimRows(
  sql: SqlSession,
  scope: ScimScope,
  types: readonly Type[],
  page: { after?: number; offset?: number; limit: number },
  narrowing: ScimNarrowing = {},
): Promise<ScimRow[]> {
  return sql<ScimRow[]>`
    select ${columns(sql)} from scim_resources
    where ${inScope(sql, scope)} and type = any(${[...types]}::text[]) ${narrowed(sql, narrowing)}
      and position > ${page.after ?? -1}
    order by position offset ${page.offset ?? 0} limit ${page.limit}`;
}

export async function countScimRows(
  sql: SqlSession,
  scope: ScimScope,
  types: readonly Type[],
): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*)::int count from scim_resources
    where ${inScope(sql, scope)} and type = any(${[...types]}::text[])`;
  return row.count;
}

/** Those of the ids that there are, in the order of the ids. */
export async function scimRowsOf(
  sql: SqlSession,
  scope: ScimScope,
  ids: readonly string[],
): Promise<ScimRow[]> {
  const rows = await sql<ScimRow[]>`
    select ${columns(sql)} from scim_resources
    where ${inScope(sql, scope)} and resource = any(${[...ids]}::uuid[])`;
  const byId = new Map(rows.map((row) => [row.resource, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** The names of resources; what there is none of is left out. */
export async function scimNamesOf(
  sql: SqlSession,
  scope: ScimScope,
  ids: readonly string[],
): Promise<Map<string, ScimNamed>> {
  if (ids.length === 0) return new Map();
  const rows = await sql<ScimNamed[]>`
    select resource, type, data ->> 'userName' "userName", data ->> 'displayName' "displayName" from scim_resources
    where ${inScope(sql, scope)} and resource = any(${[...new Set(ids)]}::uuid[])`;
  return new Map(rows.map((row) => [row.resource, row]));
}

/** @returns false when another user of the source has the same name. */
export async function insertScimRow(
  sql: SqlSession,
  { workspace, source }: ScimScope,
  row: { resource: string; type: Type; data: Record<string, unknown>; at: number } & ScimKeys,
): Promise<boolean> {
  const at = new Date(row.at).toISOString();
  const made = await sql`
    insert into scim_resources (workspace_id, source, resource, type, version, user_name, display_name, external_id, data,
      created_at, changed_at)
    values (${workspace}, ${source}, ${row.resource}, ${row.type}, 1, ${row.userName}, ${row.displayName},
      ${row.externalId}, ${json(sql, row.data)}, ${at}, ${at})
    on conflict do nothing`;
  return made.count > 0;
}

/** Whether another user of the source has a name. */
export async function isScimNameTaken(
  sql: SqlSession,
  scope: ScimScope,
  userName: string,
  besides: string,
): Promise<boolean> {
  const rows = await sql`
    select 1 from scim_resources where ${inScope(sql, scope)} and user_name = ${userName} and resource <> ${besides}`;
  return rows.length > 0;
}

/** Stores a resource's attributes in place of those before; it has the next version then. */
export async function updateScimRow(
  sql: SqlSession,
  scope: ScimScope,
  row: { resource: string; data: Record<string, unknown>; at: number } & ScimKeys,
): Promise<void> {
  await sql`
    update scim_resources set data = ${json(sql, row.data)}, user_name = ${row.userName}, display_name = ${row.displayName},
      external_id = ${row.externalId}, version = version + 1, changed_at = ${new Date(row.at).toISOString()}
    where ${inScope(sql, scope)} and resource = ${row.resource}`;
}

/** Gives resources the next version: what they are shown with has changed. */
export async function touchScimRows(
  sql: SqlSession,
  scope: ScimScope,
  ids: readonly string[],
  at: number,
): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    update scim_resources set version = version + 1, changed_at = ${new Date(at).toISOString()}
    where ${inScope(sql, scope)} and resource = any(${[...ids]}::uuid[])`;
}

/** Takes a resource away, out of all groups, and with all that is in it. @returns the groups that it was in. */
export async function deleteScimRow(sql: SqlSession, scope: ScimScope, resource: string): Promise<string[]> {
  const teams = await sql<{ team: string }[]>`
    delete from scim_members where ${inScope(sql, scope)} and member = ${resource} returning team`;
  await sql`delete from scim_members where ${inScope(sql, scope)} and team = ${resource}`;
  await sql`delete from scim_resources where ${inScope(sql, scope)} and resource = ${resource}`;
  return teams.map(({ team }) => team);
}

/** Who is in each of some groups, in one order. */
export async function scimMembersOf(
  sql: SqlSession,
  scope: ScimScope,
  teams: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await sql<{ team: string; members: string[] }[]>`
    select team, array_agg(member order by member) members from scim_members
    where ${inScope(sql, scope)} and team = any(${[...teams]}::uuid[]) group by team`;
  return new Map(rows.map(({ team, members }) => [team, members]));
}

/** The groups that each of some resources is in, in one order. */
export async function scimTeamsOf(
  sql: SqlSession,
  scope: ScimScope,
  members: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await sql<{ member: string; teams: string[] }[]>`
    select member, array_agg(team order by team) teams from scim_members
    where ${inScope(sql, scope)} and member = any(${[...members]}::uuid[]) group by member`;
  return new Map(rows.map(({ member, teams }) => [member, teams]));
}

/** Puts resources into a group. */
export async function addScimMembers(
  sql: SqlSession,
  { workspace, source }: ScimScope,
  team: string,
  members: readonly string[],
): Promise<void> {
  if (members.length === 0) return;
  await sql`
    insert into scim_members (workspace_id, source, team, member)
    select ${workspace}, ${source}, ${team}, m from unnest(${[...members]}::uuid[]) m on conflict do nothing`;
}

/** Takes resources out of a group. */
export async function removeScimMembers(
  sql: SqlSession,
  scope: ScimScope,
  team: string,
  members: readonly string[],
): Promise<void> {
  if (members.length === 0) return;
  await sql`
    delete from scim_members
    where ${inScope(sql, scope)} and team = ${team} and member = any(${[...members]}::uuid[])`;
}
