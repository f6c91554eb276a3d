/**
 * What keeps a drill from ever touching a real account: each change goes through here. It refuses whatever is not of the one
 * account and the one group that the drill itself has made, and reads them again before it changes them: they must still bear
 * the drill's marks.
 */
import { exchangeScim, type ScimExchange, type ScimRequest, type ScimTarget } from "../scim/call.ts";
import { eq, pathOf } from "../scim/find.ts";
import { groupIn, sameName, userIn } from "./resources.ts";
import type { DrillState, Marks } from "./state.ts";

/** What a drill may change: what it has made, by the ids that the application gave. */
export type Owned = Pick<DrillState, "marks" | "user" | "groupThere">;

/** A change that is not the drill's to make. */
export class GuardProblem extends Error {
  override name = "GuardProblem";
}

/** What must be read again, and found to be the drill's own, before a change is sent; null: nothing, it makes something. */
type Permit = { reads: "user" | "group" | "group-member" } | null;

interface Body {
  userName?: unknown;
  externalId?: unknown;
  displayName?: unknown;
  Operations?: unknown;
}

const bodyOf = ({ body }: ScimRequest): Body => (typeof body === "object" && body !== null ? body : {});

/** Whether a PATCH of a group puts this one account into it or takes it out, and does nothing else. */
function concernsOnly(user: string, body: Body): boolean {
  const { Operations } = body;
  if (!Array.isArray(Operations) || Operations.length !== 1) return false;
  const [operation] = Operations as { op?: unknown; path?: unknown; value?: unknown }[];
  if (operation?.op === "remove")
    return operation.path === `members[${eq("value", user)}]` && operation.value === undefined;
  if (operation?.op !== "add" || operation.path !== "members" || !Array.isArray(operation.value))
    return false;
  const [member, ...others] = operation.value as { value?: unknown }[];
  return others.length === 0 && member?.value === user && Object.keys(member).length === 1;
}

const refuse = ({ method, path }: ScimRequest): never => {
  throw new GuardProblem(`A drill does not change what it has not made: ${method} ${path} was not sent.`);
};

function permitForUser({ marks, user }: Owned, request: ScimRequest): Permit {
  const { method, path } = request;
  const { userName, externalId } = bodyOf(request);
  if (
    method === "POST" &&
    path === "/Users" &&
    userName === marks.userName &&
    externalId === marks.externalId
  )
    return null;
  const isOwn = user !== null && path === pathOf("Users", user);
  const isMade = method === "PATCH" || method === "DELETE";
  return isOwn && isMade ? { reads: "user" } : refuse(request);
}

function permitForGroup({ marks, user, groupThere }: Owned, request: ScimRequest): Permit {
  const { method, path } = request;
  const body = bodyOf(request);
  if (method === "POST" && path === "/Groups" && body.displayName === marks.groupName) return null;
  if (groupThere === null || path !== pathOf("Groups", groupThere.id)) return refuse(request);
  if (method === "DELETE" && groupThere.own) return { reads: "group" };
  if (method === "PATCH" && user !== null && concernsOnly(user, body)) return { reads: "group-member" };
  return refuse(request);
}

/**
 * Whether a change is the drill's to make. Pure.
 * @throws {GuardProblem} when it is not.
 */
export function permit(owned: Owned, request: ScimRequest): Permit {
  if (request.path.startsWith("/Users")) return permitForUser(owned, request);
  return request.path.startsWith("/Groups") ? permitForGroup(owned, request) : refuse(request);
}

const hasUserMarks = (json: unknown, { userName, externalId }: Marks): boolean => {
  const user = userIn(json);
  return user !== null && (sameName(user.userName, userName) || user.externalId === externalId);
};

const hasGroupMarks = (json: unknown, { groupName }: Marks): boolean =>
  sameName(groupIn(json)?.displayName, groupName);

interface Guarded {
  status: number;
  json: unknown;
  /** Whether the change was sent. */
  sent: boolean;
}

/** The version of what was read, for If-Match (RFC 7644 §3.14). */
const versionOf = ({ headers, json }: ScimExchange): string | null => {
  const etag = headers.get("etag");
  if (etag !== null) return etag;
  const meta = typeof json === "object" && json !== null && "meta" in json ? json.meta : null;
  const version = typeof meta === "object" && meta !== null && "version" in meta ? meta.version : null;
  return typeof version === "string" ? version : null;
};

/**
 * Sends a change, if it is the drill's to make and what it changes bears the drill's marks at this moment.
 * @returns the answer; where what was to be changed can't be read, the answer to the reading, and nothing was `sent`.
 * @throws {GuardProblem} when it is not; {@link ScimProblem} when no answer came.
 */
export async function guardedWrite(target: ScimTarget, owned: Owned, request: ScimRequest): Promise<Guarded> {
  const permitted = permit(owned, request);
  const send = async (version: string | null): Promise<Guarded> => ({
    ...(await exchangeScim(target, { ...request, version })),
    sent: true,
  });
  if (permitted === null) return send(null);
  const { marks, user, groupThere } = owned;
  // A group that is not the drill's own is told by its id; the account that enters or leaves it is the drill's.
  const path =
    permitted.reads === "group" ? pathOf("Groups", groupThere?.id ?? "") : pathOf("Users", user ?? "");
  const now = await exchangeScim(target, { method: "GET", path });
  if (now.status !== 200) return { ...now, sent: false };
  const isOwn = permitted.reads === "group" ? hasGroupMarks(now.json, marks) : hasUserMarks(now.json, marks);
  if (!isOwn) refuse(request);
  if (permitted.reads !== "group-member") return send(versionOf(now));
  const query = { excludedAttributes: "members" };
  const group = await exchangeScim(target, { method: "GET", path: request.path, query });
  return group.status === 200 ? send(versionOf(group)) : { ...group, sent: false };
}
