/** The connection pools of a web process, one for each scope that is asked for. */
import {
  type Access,
  connect,
  connectReplica,
  type Db,
  PAGES_LOCK_TIMEOUT_MS,
  type Scope,
} from "../../db/client.ts";
import { accessTo, replicaUrl } from "./replica-url.ts";

// Next compiles each route apart: the pools hang on the process, so that all of them share them.
const holder = globalThis as {
  rollcallPools?: Map<string, Db>;
  rollcallStopped?: boolean;
};

/** What the launcher tells the pages: how to come into the database. */
export function accessToEnv({ url, key, scopeRoles }: Access): Record<string, string> {
  return {
    ROLLCALL_APP_DATABASE: url,
    ROLLCALL_SCOPE_KEY: Buffer.from(key).toString("base64"),
    ROLLCALL_SCOPE_ROLES: scopeRoles ? "on" : "",
  };
}

function accessFromEnv(): Access {
  const { ROLLCALL_APP_DATABASE: url, ROLLCALL_SCOPE_KEY: key, ROLLCALL_SCOPE_ROLES: roles } = process.env;
  if (!url || !key) throw new Error("The database is not set up. Start Rollcall with npm start.");
  return { url, key: Buffer.from(key, "base64"), scopeRoles: roles === "on" };
}

/** The pool that sees the scope and nothing else. @throws when the launcher has not set up the database, and once the pools are closed. */
export const webDb = ({ workspace, customer = null }: Scope): Db =>
  pooled([workspace, customer], () =>
    connect(accessFromEnv(), { workspace, customer }, undefined, { lockTimeoutMs: PAGES_LOCK_TIMEOUT_MS }),
  );

function pooled(name: readonly (string | null)[], make: () => Db): Db {
  // Work that was cut off may still ask for one; a new pool would keep the process from ending.
  if (holder.rollcallStopped) throw new Error("Rollcall is being stopped.");
  holder.rollcallPools ??= new Map();
  const key = JSON.stringify(name);
  let db = holder.rollcallPools.get(key);
  if (db === undefined) {
    db = make();
    holder.rollcallPools.set(key, db);
  }
  return db;
}

/**
 * The pool of the replica that sees the scope and nothing else; null where no replica is set. It is the database's copy: the
 * role that comes in is the same.
 * @throws as {@link webDb}.
 */
export function webReplica({ workspace, customer = null }: Scope): Db | null {
  const replica = replicaUrl();
  if (replica === null) return null;
  return pooled(["replica", replica, workspace, customer], () => ({
    ...connectReplica(accessTo(replica, accessFromEnv()), { workspace, customer }),
    primary: webDb({ workspace, customer }),
  }));
}

/** Closes all pools, for good. */
export async function closeWebDbs(): Promise<void> {
  holder.rollcallStopped = true;
  const pools = [...(holder.rollcallPools?.values() ?? [])];
  holder.rollcallPools?.clear();
  await Promise.all(pools.map((db) => db.close()));
}
