/** Who is in a group. */
import {
  addScimMembers,
  removeScimMembers,
  type ScimNamed,
  scimNamesOf,
  touchScimRows,
} from "../../db/queries/scim-resources.ts";
import { bad } from "./error.ts";
import type { Effect } from "./record.ts";
import { UUID } from "./represent.ts";
import { isJson } from "./resource.ts";
import type { Json } from "./schemas.ts";
import type { Work } from "./work.ts";

/** The ids that a group's members name. @throws {ScimError} invalidValue */
export function memberIdsOf(resource: Json): string[] {
  const { members } = resource;
  const ids = (Array.isArray(members) ? members : []).map((member: unknown) =>
    isJson(member) && typeof member.value === "string" ? member.value : "",
  );
  const strange = ids.find((id) => !UUID.test(id));
  if (strange !== undefined)
    throw bad(
      "invalidValue",
      `"${strange.slice(0, 100)}" is the id of nobody here: a member names the id that its POST was answered with.`,
    );
  return [...new Set(ids.map((id) => id.toLowerCase()))];
}

/** Those of the ids that there are, in the order of the ids. */
export async function namedAll({ sql, scope }: Work, ids: readonly string[]): Promise<ScimNamed[]> {
  const names = await scimNamesOf(sql, scope, ids);
  return ids.flatMap((id) => names.get(id) ?? []);
}

/** Brings a group's members to what is wanted. @returns who came in, and who fell out. @throws {ScimError} invalidValue */
export async function changeMembers(
  work: Work,
  team: string,
  before: readonly string[],
  after: readonly string[],
  at: number,
): Promise<Pick<Effect, "added" | "removed">> {
  const { sql, scope } = work;
  const [was, is] = [new Set(before), new Set(after)];
  const [came, went] = [after.filter((id) => !was.has(id)), before.filter((id) => !is.has(id))];
  const added = await namedAll(work, came);
  if (added.length < came.length) {
    const known = new Set(added.map(({ resource }) => resource));
    const unknown = came.find((id) => !known.has(id));
    throw bad("invalidValue", `There is nobody of the id ${unknown} who could be a member.`);
  }
  if (is.has(team)) throw bad("invalidValue", "A group is no member of itself.");
  const removed = await namedAll(work, went);
  await addScimMembers(sql, scope, team, came);
  await removeScimMembers(sql, scope, team, went);
  // Users are shown with their groups.
  const users = [...added, ...removed].filter(({ type }) => type === "User");
  await touchScimRows(
    sql,
    scope,
    users.map(({ resource }) => resource),
    at,
  );
  return { added, removed };
}
