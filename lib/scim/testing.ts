/** A SCIM 2.0 service in this process, for tests: users and groups in memory, behind a bearer token. */
import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import express from "express";
import SCIMMY from "scimmy";
import SCIMMYRouters from "scimmy-routers";

const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/** A user there: what SCIM's core and enterprise schema have (RFC 7643 §4.1, §4.3), as far as tests ask. */
export interface ServiceUser {
  id: string;
  userName: string;
  active: boolean;
  externalId?: string;
  displayName?: string;
  title?: string;
  emails?: { value: string; primary?: boolean }[];
  roles?: { value: string }[];
  [ENTERPRISE]?: { department?: string };
}

export interface ServiceGroup {
  id: string;
  displayName: string;
  members: { value: string }[];
}

/** How it misbehaves: each answered as though all were well. */
export interface Faults {
  /** `active: false` is answered with success, and not kept. */
  losesDeactivations: boolean;
  /** Any PATCH of a user is answered with what was asked for, and not kept. */
  ignoresPatches: boolean;
  /** Each page of a list is the first one, whatever was asked for. */
  ignoresStartIndex: boolean;
  /** A deleted user is still there. */
  keepsDeleted: boolean;
  /** A group's change of members is answered with success, and not kept. */
  ignoresMembers: boolean;
  /** Filters are not read: a list has all there are. */
  ignoresFilters: boolean;
  /** Milliseconds before each answer. */
  delayMs: number;
  /** Milliseconds by which its clock is ahead; its answers tell when the request came. Null: when they are sent, by the right clock. */
  clockAheadMs: number | null;
  /** Milliseconds from the answer to a PATCH of a user until it shows. */
  late: (wanted: ServiceUser) => number;
  /** Groups as they are listed, whatever became of them since; null: as they are. */
  staleGroups: ServiceGroup[] | null;
  /** The status that a request is answered with instead; null: none. */
  fails: (request: { method: string; path: string }) => number | null;
  /** Called when a request has come, before anything is done; and when its answer has been sent. */
  onRequest: (moment: "come" | "answered", request: { method: string; path: string }) => void;
}

export interface ScimService {
  /** Of the service, as a connection has it. */
  url: string;
  token: string;
  users: Map<string, ServiceUser>;
  groups: Map<string, ServiceGroup>;
  /** What it was asked, in order: method and address. */
  asked: string[];
  /** Version of each resource; one that is set is told as ETag and asked for in If-Match. */
  versions: Map<string, string>;
  /** None at first; to be changed at any time. */
  faults: Faults;
  close(): Promise<void>;
}

const NO_FAULTS: Faults = {
  losesDeactivations: false,
  ignoresPatches: false,
  ignoresStartIndex: false,
  keepsDeleted: false,
  ignoresMembers: false,
  ignoresFilters: false,
  delayMs: 0,
  clockAheadMs: null,
  late: () => 0,
  staleGroups: null,
  fails: () => null,
  onRequest: () => {},
};

const found = <T>(all: ReadonlyMap<string, T>, id: string): T => {
  const one = all.get(id);
  if (one === undefined) throw new SCIMMY.Types.Error(404, null as never, `Resource ${id} not found`);
  return one;
};

// The library keeps one declaration for the whole process: the service that was started last answers.
let current: Pick<ScimService, "users" | "groups" | "faults"> = {
  users: new Map(),
  groups: new Map(),
  faults: NO_FAULTS,
};

/** Writes what a request asks for, a new one under an id of its own. @returns what it is answered with. */
function written<T extends { id: string }>(all: Map<string, T>, id: string | undefined, data: object): T {
  const before = id === undefined ? { id: randomUUID() } : found(all, id);
  const after = { ...JSON.parse(JSON.stringify(data)), id: before.id } as T;
  all.set(after.id, after);
  return after;
}

function declare(): void {
  if (SCIMMY.Resources.declared("User")) return;
  SCIMMY.Resources.declare(SCIMMY.Resources.User)
    .extend(SCIMMY.Schemas.EnterpriseUser, false)
    .ingress((resource, data, context) => {
      const { users, faults } = current;
      const wanted = { ...JSON.parse(JSON.stringify(data)), id: resource.id } as ServiceUser;
      const same = wanted.userName.toLowerCase();
      if ([...users.values()].some((one) => one.id !== resource.id && one.userName.toLowerCase() === same))
        throw new SCIMMY.Types.Error(409, "uniqueness", `The user name ${wanted.userName} is taken`);
      if (context === "PATCH" && faults.ignoresPatches) return wanted;
      const late = context === "PATCH" ? faults.late(wanted) : 0;
      if (late > 0) {
        setTimeout(() => users.has(wanted.id) && written(users, resource.id, wanted), late).unref();
        return wanted;
      }
      const isLost = faults.losesDeactivations && wanted.active === false;
      if (isLost) {
        written(users, resource.id, { ...wanted, active: true });
        return wanted;
      }
      return written(users, resource.id, { ...wanted, active: wanted.active ?? true });
    })
    .egress(({ id, filter }) => {
      if (id !== undefined) return found(current.users, id);
      const all = [...current.users.values()];
      return current.faults.ignoresFilters ? all : ((filter?.match(all) ?? all) as ServiceUser[]);
    })
    .degress(({ id }) => {
      const { id: gone } = found(current.users, id as string);
      if (!current.faults.keepsDeleted) current.users.delete(gone);
    });
  SCIMMY.Resources.declare(SCIMMY.Resources.Group)
    .ingress((resource, data, context) => {
      const wanted = { members: [], ...JSON.parse(JSON.stringify(data)), id: resource.id } as ServiceGroup;
      if (context === "PATCH" && current.faults.ignoresMembers) return wanted;
      return written(current.groups, resource.id, wanted);
    })
    .egress(({ id, filter }) => {
      const groups = current.faults.staleGroups ?? [...current.groups.values()];
      if (id !== undefined) return found(new Map(groups.map((group) => [group.id, group])), id);
      return (filter?.match(groups) ?? groups) as ServiceGroup[];
    })
    .degress(({ id }) => {
      current.groups.delete(found(current.groups, id as string).id);
    });
}

/** Starts it on this machine; the host must be named in ROLLCALL_ALLOW_HOSTS to be called. */
export async function scimService(
  users: readonly ServiceUser[],
  groups: readonly ServiceGroup[] = [],
): Promise<ScimService> {
  const token = "token-of-the-test";
  const state = {
    users: new Map(users.map((user) => [user.id, { ...user }])),
    groups: new Map(groups.map((group) => [group.id, { ...group }])),
    asked: [] as string[],
    versions: new Map<string, string>(),
    faults: { ...NO_FAULTS },
  };
  current = state;
  declare();
  const app = express();
  // The routers make numbers of these two for the Express before this one, whose query can be written to.
  app.set("query parser", (text: string | null) => {
    const query: Record<string, string | number> = Object.fromEntries(new URLSearchParams(text ?? ""));
    for (const name of ["startIndex", "count"]) if (name in query) query[name] = Number(query[name]);
    return query;
  });
  app.use(async (request, response, next) => {
    const { faults } = state;
    state.asked.push(`${request.method} ${decodeURIComponent(request.url.replaceAll("+", " "))}`);
    const version = state.versions.get(request.path.split("/").at(-1) ?? "");
    if (version !== undefined) response.set("ETag", version);
    if (version !== undefined && request.method !== "GET" && request.get("if-match") !== version) {
      response.status(412).json({ detail: "version mismatch", status: "412" });
      return;
    }
    const { method, path } = request;
    faults.onRequest("come", { method, path });
    response.once("finish", () => faults.onRequest("answered", { method, path }));
    if (faults.clockAheadMs !== null)
      response.setHeader("date", new Date(Date.now() + faults.clockAheadMs).toUTCString());
    if (faults.delayMs > 0) await delay(faults.delayMs);
    const failure = faults.fails({ method: request.method, path: request.path });
    if (failure !== null) {
      response.status(failure).json({ detail: "out of order", status: String(failure) });
      return;
    }
    if (faults.ignoresStartIndex)
      request.url = request.url.replace(/([?&]startIndex=)\d+/u, (_, before) => `${before}1`);
    next();
  });
  app.use(
    "/scim/v2",
    new SCIMMYRouters({
      type: "bearer",
      // What the request is, for the handlers above.
      context: (request) => request.method,
      handler(request) {
        if (request.get("authorization") !== `Bearer ${token}`) throw new Error("unknown token");
        return "rollcall";
      },
    }),
  );
  const server = await new Promise<Server>((resolve) => {
    const started: Server = app.listen(0, "127.0.0.1", () => resolve(started));
  });
  const { port } = server.address() as AddressInfo;
  return {
    ...state,
    url: `http://127.0.0.1:${port}/scim/v2`,
    token,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
