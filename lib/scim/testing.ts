/** A SCIM 2.0 service in this process, for tests: users and groups in memory, behind a bearer token. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import SCIMMY from "scimmy";
import SCIMMYRouters from "scimmy-routers";

interface User {
  id: string;
  userName: string;
  active: boolean;
}

interface Group {
  id: string;
  displayName: string;
  members: { value: string }[];
}

export interface ScimService {
  /** Of the service, as a connection has it. */
  url: string;
  token: string;
  users: Map<string, User>;
  groups: Map<string, Group>;
  /** What it was asked, in order: method and address. */
  asked: string[];
  /** Version of each resource; one that is set is told as ETag and asked for in If-Match. */
  versions: Map<string, string>;
  close(): Promise<void>;
}

const found = <T>(all: ReadonlyMap<string, T>, id: string): T => {
  const one = all.get(id);
  if (one === undefined) throw new SCIMMY.Types.Error(404, null as never, `Resource ${id} not found`);
  return one;
};

// The library keeps one declaration for the whole process: the service that was started last answers.
let current: Pick<ScimService, "users" | "groups"> = { users: new Map(), groups: new Map() };

function declare(): void {
  if (SCIMMY.Resources.declared("User")) return;
  SCIMMY.Resources.declare(SCIMMY.Resources.User)
    .ingress((resource, data) => {
      const user = found(current.users, resource.id as string);
      Object.assign(user, { active: data.active, userName: data.userName });
      return user;
    })
    .egress(({ id, filter }) => {
      if (id !== undefined) return found(current.users, id);
      const all = [...current.users.values()];
      return (filter?.match(all) ?? all) as User[];
    })
    .degress(({ id }) => {
      current.users.delete(found(current.users, id as string).id);
    });
  SCIMMY.Resources.declare(SCIMMY.Resources.Group)
    .ingress((resource, data) => {
      const group = found(current.groups, resource.id as string);
      group.members = (data.members ?? []).map(({ value }: { value?: string }) => ({ value: value ?? "" }));
      return group;
    })
    .egress(({ id, filter }) => {
      if (id !== undefined) return found(current.groups, id);
      const all = [...current.groups.values()];
      return (filter?.match(all) ?? all) as Group[];
    });
}

/** Starts it on this machine; the host must be named in ROLLCALL_ALLOW_HOSTS to be called. */
export async function scimService(
  users: readonly User[],
  groups: readonly Group[] = [],
): Promise<ScimService> {
  const token = "token-of-the-test";
  const state = {
    users: new Map(users.map((user) => [user.id, { ...user }])),
    groups: new Map(groups.map((group) => [group.id, { ...group }])),
    asked: [] as string[],
    versions: new Map<string, string>(),
  };
  current = state;
  declare();
  const app = express();
  app.use((request, response, next) => {
    state.asked.push(`${request.method} ${decodeURIComponent(request.url.replaceAll("+", " "))}`);
    const version = state.versions.get(request.path.split("/").at(-1) ?? "");
    if (version !== undefined) response.set("ETag", version);
    if (version !== undefined && request.method !== "GET" && request.get("if-match") !== version) {
      response.status(412).json({ detail: "version mismatch", status: "412" });
      return;
    }
    next();
  });
  app.use(
    "/scim/v2",
    new SCIMMYRouters({
      type: "bearer",
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
