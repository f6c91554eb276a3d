/** The connection to PostgreSQL that everything else is handed. */
import { createHash } from "node:crypto";
import { Socket } from "node:net";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { scopeRole } from "./distribution/scope-roles.ts";
import * as schema from "./schema.ts";
import { noteStatement } from "./statements.ts";

/** The pool or a transaction of it. */
export type SqlSession = postgres.ISql<Record<never, never>>;

export interface Db {
  /** postgres.js, for bulk work and SQL that reads best as SQL. */
  sql: postgres.Sql;
  /** drizzle over the same pool. */
  orm: PostgresJsDatabase<typeof schema>;
  close(): Promise<void>;
  /** Of a replica: nothing can be written. */
  readOnly?: true;
  /** Of a replica: the same scope of the database that it follows. */
  primary?: Db;
}

/** The one workspace of a single-company installation. */
export const DEFAULT_WORKSPACE = "main";

/** What a connection may see: one workspace; of it one customer's sources alone, where a customer is named. */
export interface Scope {
  workspace: string;
  customer?: string | null;
}

/** How the application comes in: as a role that owns nothing, with the key that proves a connection's scope. */
export interface Access {
  url: string;
  key: Uint8Array;
  /** The database has several machines: each scope comes as a role of its own (db/distribution/scope-roles.ts). */
  scopeRoles?: boolean;
}

/** Connections of one process: enough for its pages; the command line needs fewer. */
const CONNECTIONS = 10;

/** After a connection failed, queries wait so long for another try: whoever asks is told soon, and a server that is back is found soon. */
const RECONNECT_SECONDS = 0.5;

type Settings = Record<string, string>;

/** A server that says nothing at all is given up after so long: whoever asks is told. */
const CONNECT_SECONDS = 10;

/**
 * A connection that nobody used for so long is given back: each customer and workspace that is looked at has connections of its
 * own, and they would add up to more than the server has.
 */
const IDLE_SECONDS = 60;

/**
 * What pages wait for a table that somebody else holds, before they say so: longer than a migration holds one (`db/migrate.ts`),
 * and no longer than a person waits.
 */
export const PAGES_LOCK_TIMEOUT_MS = 8_000;

function pool(
  url: string,
  max: number,
  settings: Settings,
  as: postgres.Options<Record<never, never>> = {},
): Db {
  const connection = { application_name: "rollcall", ...settings };
  const sql = postgres(url, {
    max,
    onnotice: () => {},
    connection,
    backoff: () => RECONNECT_SECONDS,
    connect_timeout: CONNECT_SECONDS,
    idle_timeout: IDLE_SECONDS,
    debug: noteStatement,
    ...as,
  });
  return { sql, orm: drizzle(sql, { schema }), close: () => sql.end({ timeout: 5 }) };
}

/** The text that rollcall_workspace() asks for: SHA-256 in two rounds, so that no longer name can be made of a known one. */
function proofOf(key: Uint8Array, { workspace, customer }: Scope): string {
  const sha256 = (...parts: Uint8Array[]) => {
    const hash = createHash("sha256");
    for (const part of parts) hash.update(part);
    return hash.digest();
  };
  const message = Buffer.from(`${workspace}\x1f${customer ?? ""}`);
  return sha256(key, sha256(key, message)).toString("hex");
}

/** How a pool differs from the usual one. */
export interface PoolOptions {
  /** Milliseconds that a statement waits for what others hold; without it, as long as it takes. */
  lockTimeoutMs?: number;
}

/** A pool of connections that see the scope and nothing else; connects at the first query. */
export function connect(
  access: Access,
  scope: Scope,
  max = CONNECTIONS,
  { lockTimeoutMs }: PoolOptions = {},
): Db {
  const settings = {
    ...(lockTimeoutMs === undefined ? {} : { lock_timeout: `${lockTimeoutMs}` }),
    "rollcall.workspace": scope.workspace,
    "rollcall.customer": scope.customer ?? "",
    "rollcall.proof": proofOf(access.key, scope),
  };
  return access.scopeRoles ? poolAsRole(access.url, max, settings) : pool(access.url, max, settings);
}

/** A pool that comes as the scope's own role, which is made or put right before the first connection. */
function poolAsRole(url: string, max: number, settings: Settings & { "rollcall.proof": string }): Db {
  let opened: Promise<void> | null = null;
  const open = async () => {
    const asking = pool(url, 1, settings);
    try {
      await asking.sql`select rollcall_open_scope()`;
    } finally {
      await asking.close();
    }
  };
  const database = decodeURIComponent(new URL(url).pathname.slice(1));
  return pool(url, max, {}, {
    username: scopeRole(database, settings["rollcall.workspace"] ?? "", settings["rollcall.customer"] ?? ""),
    password: settings["rollcall.proof"],
    // postgres.js asks for a socket before it sends the role's name: the one moment at which the role can still be made.
    socket: async ({ host, port, path }: { host: string[]; port: number[]; path: string | null }) => {
      const socket: Socket & { host?: string | undefined } = new Socket();
      socket.host = host[0];
      opened ??= open();
      try {
        await opened;
        if (path) socket.connect(path);
        else socket.connect(port[0] as number, host[0] as string);
      } catch (error) {
        opened = null;
        // As if the network had said it: from a call that throws, postgres.js would never come back.
        socket.cork();
        setImmediate(() => socket.destroy(error as Error));
      }
      return socket;
    },
  } as postgres.Options<Record<never, never>>);
}

/** The same of a streaming replica, which has the role, its password and the key of scopes from the database that it follows. */
export function connectReplica(access: Access, scope: Scope): Db {
  const db = connect(access, scope);
  db.readOnly = true;
  return db;
}

/** Lets the transaction wait for others for as long as it takes: what is to be written is not given up because they are slow. */
export const waitForOthers = (sql: SqlSession): Promise<unknown> =>
  sql`select set_config('lock_timeout', '0', true)`;

/** A pool of the database's owner, whom row-level security doesn't bind: for its care (migrations, backups), not for pages. */
export const connectAsOwner = (url: string, max = 1): Db => pool(url, max, {});
