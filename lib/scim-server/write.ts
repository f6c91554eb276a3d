/**
 * What changes a resource: POST, PUT, PATCH, DELETE. A request, its record in the log, and what it means for members are one
 * transaction; those of one source come one after the other, so that none undoes what another has just done.
 */
import { randomUUID } from "node:crypto";
import { lockSources } from "../../db/log/append.ts";
import {
  deleteScimRow,
  insertScimRow,
  isScimNameTaken,
  type ScimKeys,
  type ScimRow,
  scimMembersOf,
  scimNamesOf,
  scimRowsOf,
  touchScimRows,
  updateScimRow,
} from "../../db/queries/scim-resources.ts";
import { bad, errorBody, ScimError } from "./error.ts";
import { requireVersion } from "./etag.ts";
import { governMembers } from "./govern-members.ts";
import { patched } from "./patch.ts";
import { appendExchange, type Effect, NOTHING } from "./record.ts";
import { managerIdOf, represent, UUID } from "./represent.ts";
import { isJson, readResource } from "./resource.ts";
import { DEFINITIONS, ENTERPRISE, type Json, type ResourceType } from "./schemas.ts";
import { changeMembers, memberIdsOf, namedAll } from "./team.ts";
import { folded, type Work, type WriteContext } from "./work.ts";

export interface Change {
  method: "POST" | "PUT" | "PATCH" | "DELETE";
  type: ResourceType;
  /** Null for one that is to be made. */
  id: string | null;
  body: unknown;
  ifMatch: string | null;
}

export interface Changed {
  status: 200 | 201 | 204;
  id: string;
  /** The resource as it is now; null when it is gone. */
  row: ScimRow | null;
}

interface Standing {
  row: ScimRow;
  members: string[];
}

const keysOf = (type: ResourceType, data: Json): ScimKeys => ({
  userName: type === "User" ? folded(data.userName) : null,
  displayName: folded(data.displayName),
  externalId: typeof data.externalId === "string" ? data.externalId : null,
});

const pathOf = ({ type, id }: Change): string =>
  `${DEFINITIONS[type].endpoint}${id === null ? "" : `/${encodeURIComponent(id)}`}`;

/** The resource that a request names. @throws {ScimError} with 404 when the source has none of that type and id. */
async function standing({ sql, scope }: Work, type: ResourceType, id: string): Promise<Standing> {
  const [row] = UUID.test(id) ? await scimRowsOf(sql, scope, [id.toLowerCase()]) : [];
  if (row?.type !== type) throw new ScimError(404, null, `There is no ${type} of this id.`);
  const members =
    type === "Group" ? ((await scimMembersOf(sql, scope, [row.resource])).get(row.resource) ?? []) : [];
  return { row, members };
}

/** What a request makes of a resource. @throws {ScimError} as reading and patching do */
function wanted({ method, type, body }: Change, before: Standing | null): Json {
  if (method === "PATCH") {
    const { row, members } = before as Standing;
    const whole =
      members.length === 0 ? row.data : { ...row.data, members: members.map((value) => ({ value })) };
    return patched(type, whole, body);
  }
  return readResource(type, body);
}

/** What the reports read of a user, in the directory's words. */
async function stateOf({ sql, scope }: Work, { type, data }: ScimRow): Promise<Json | null> {
  if (type !== "User") return null;
  const enterprise = isJson(data[ENTERPRISE]) ? data[ENTERPRISE] : {};
  const manager = isJson(enterprise.manager) ? enterprise.manager : {};
  const id = managerIdOf(data);
  const known = id === null ? undefined : (await scimNamesOf(sql, scope, [id])).get(id);
  const told = {
    active: data.active,
    department: enterprise.department,
    title: data.title,
    manager: known?.userName ?? manager.displayName ?? manager.value,
  };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
}

async function store(
  work: Work,
  change: Change,
  before: Standing | null,
): Promise<{ row: ScimRow; members: Pick<Effect, "added" | "removed"> }> {
  const { sql, scope } = work;
  const { type } = change;
  const resource = wanted(change, before);
  const members = type === "Group" ? memberIdsOf(resource) : [];
  const { members: _, ...data } = resource;
  // Who is not said to be inactive is active; a PUT that does not say changes nothing of it.
  if (type === "User") data.active ??= before?.row.data.active ?? true;
  const id = before?.row.resource ?? randomUUID();
  const at = Date.now();
  const keys = keysOf(type, data);
  const taken = new ScimError(409, "uniqueness", "Another user of this source has this userName.");
  if (before === null) {
    if (!(await insertScimRow(sql, scope, { resource: id, type, data, at, ...keys }))) throw taken;
  } else {
    if (keys.userName !== null && (await isScimNameTaken(sql, scope, keys.userName, id))) throw taken;
  }
  const changed = await changeMembers(work, id, before?.members ?? [], members, at);
  const moved = changed.added.length + changed.removed.length > 0;
  if (before !== null && (moved || !sameData(before.row.data, data)))
    await updateScimRow(sql, scope, { resource: id, data, at, ...keys });
  const [row] = await scimRowsOf(sql, scope, [id]);
  if (row === undefined) throw new Error("A resource that was just stored is not there.");
  return { row, members: changed };
}

/** Whatever the order of members: PostgreSQL keeps its own. */
function sameData(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((one, i) => sameData(one, b[i]));
  if (!isJson(a) || !isJson(b)) return a === b;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && sameData(a[key], b[key]));
}

async function remove(work: Work, { row, members }: Standing): Promise<Pick<Effect, "added" | "removed">> {
  const { sql, scope } = work;
  const removed = await namedAll(work, members);
  const teams = await deleteScimRow(sql, scope, row.resource);
  await touchScimRows(sql, scope, [...teams, ...members], Date.now());
  return { added: [], removed };
}

/** What the log keeps of a resource: who or what it is. */
async function resourceForLog(work: Work, row: ScimRow): Promise<Json> {
  const none = { groups: false, members: false };
  const [{ schemas: _, meta: __, ...told } = {}] = await represent(
    work.sql,
    work.scope,
    work.context.base,
    [row],
    none,
  );
  return told;
}

async function carryOut(work: Work, change: Change): Promise<Changed> {
  const { sql, context } = work;
  const before = change.id === null ? null : await standing(work, change.type, change.id);
  if (before !== null) requireVersion(change.ifMatch, before.row.version);
  const was = before && (await stateOf(work, before.row));
  const gone = change.method === "DELETE" && before !== null;
  const shown = gone ? await resourceForLog(work, before.row) : null;
  const done = gone ? { row: null, members: await remove(work, before) } : await store(work, change, before);
  const row = done.row;
  const status = row === null ? 204 : change.id === null ? 201 : 200;
  const effect: Effect = {
    resource: row === null ? shown : await resourceForLog(work, row),
    before: was,
    after: row && (await stateOf(work, row)),
    ...done.members,
  };
  const id = row?.resource ?? before?.row.resource ?? "";
  const exchange = {
    method: change.method,
    path: pathOf(change),
    status,
    request: change.body,
    response: null,
    effect,
  };
  const refused = await appendExchange(sql, context.workspace, context.source, context.request, exchange);
  if (refused !== null) throw bad("invalidValue", refused);
  if (change.type === "User") await governMembers(work, before?.row.data, row?.data);
  return { status, id, row };
}

/** Keeps in the log that a request was refused, and why; with the names of the resource, where there is one. */
async function appendRefusal(work: Work, change: Change, error: ScimError): Promise<void> {
  const { sql, scope, context } = work;
  const { id } = change;
  const [row] = id !== null && UUID.test(id) ? await scimRowsOf(sql, scope, [id.toLowerCase()]) : [];
  const resource = row?.type === change.type ? await resourceForLog(work, row) : null;
  await appendExchange(sql, context.workspace, context.source, context.request, {
    method: change.method,
    path: pathOf(change),
    status: error.status,
    request: change.body,
    response: errorBody(error.status, error.scimType, error.message),
    effect: { ...NOTHING, resource },
  });
}

/**
 * Carries a request out, and keeps it in the log; a request that is refused changes nothing and is kept too.
 * @throws {ScimError} 400, 404, 409, 412 with what is wrong
 */
export async function writeResource(context: WriteContext, change: Change): Promise<Changed> {
  const { db, workspace } = context;
  const scope = { workspace, source: context.source.source };
  const begin = <T>(work: (work: Work) => Promise<T>) =>
    db.sql.begin(async (sql) => {
      await lockSources(sql, workspace, [scope.source]);
      return { result: await work({ sql, scope, context }) };
    });
  try {
    return (await begin((work) => carryOut(work, change))).result;
  } catch (error) {
    if (error instanceof ScimError) await begin((work) => appendRefusal(work, change, error));
    throw error;
  }
}
