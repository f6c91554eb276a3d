/** The connection to PostgreSQL that everything else is handed. */
import { createHash } from "node:crypto";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import * as schema from "./schema.ts";

/** The pool or a transaction of it. */
export type SqlSession = postgres.ISql<Record<never, never>>;

export interface Db {
  /** postgres.js, for bulk work and SQL that reads best as SQL. */
  sql: postgres.Sql;
  /** drizzle over the same pool. */
  orm: PostgresJsDatabase<typeof schema>;
  close(): Promise<void>;
  /**
   * Puts new connections in place of those there are, for what is asked from now on. The driver (3.4) keeps the error by which the
   * server ended a connection, and gives it to the next question as well, long after all is well again.
   */
  renew(): void;
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
}

/** Connections of one process: enough for its pages; the command line needs fewer. */
const CONNECTIONS = 10;

/** After a connection failed, queries wait so long for another try: whoever asks is told soon, and a server that is back is found soon. */
const RECONNECT_SECONDS = 0.5;

/** A server that says nothing at all is given up after so long: whoever asks is told. */
const CONNECT_SECONDS = 10;

/**
 * A connection that nobody used for so long is given back: each customer and workspace that is looked at has connections of its
 * own, and they would add up to more than the server has.
 */
const IDLE_SECONDS = 60;

/** Those that were renewed: a page is answered within so long. */
const FORMER_SECONDS = 5;

/**
 * What pages wait for a table that somebody else holds, before they say so: longer than a migration holds one (`db/migrate.ts`),
 * and no longer than a person waits.
 */
export const PAGES_LOCK_TIMEOUT_MS = 8_000;

function pool(url: string, max: number, settings: Record<string, string>): Db {
  const connection = { application_name: "rollcall", ...settings };
  const open = () => {
    const sql = postgres(url, {
      max,
      onnotice: () => {},
      connection,
      backoff: () => RECONNECT_SECONDS,
      connect_timeout: CONNECT_SECONDS,
      idle_timeout: IDLE_SECONDS,
    });
    return { sql, orm: drizzle(sql, { schema }) };
  };
  const former = new Set<postgres.Sql>();
  const db: Db = {
    ...open(),
    async close() {
      await Promise.all([db.sql, ...former].map((sql) => sql.end({ timeout: 5 })));
    },
    renew() {
      const before = db.sql;
      former.add(before);
      Object.assign(db, open());
      // What is under way there is brought to its end; the server may have few connections.
      const end = async () => {
        await before.end({ timeout: FORMER_SECONDS });
        former.delete(before);
      };
      setTimeout(() => void end(), FORMER_SECONDS * 1000).unref();
    },
  };
  return db;
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
  return pool(access.url, max, {
    ...(lockTimeoutMs === undefined ? {} : { lock_timeout: `${lockTimeoutMs}` }),
    "rollcall.workspace": scope.workspace,
    "rollcall.customer": scope.customer ?? "",
    "rollcall.proof": proofOf(access.key, scope),
  });
}

/** Lets the transaction wait for others for as long as it takes: what is to be written is not given up because they are slow. */
export const waitForOthers = (sql: SqlSession): Promise<unknown> =>
  sql`select set_config('lock_timeout', '0', true)`;

/** A pool of the database's owner, whom row-level security doesn't bind: for its care (migrations, backups), not for pages. */
export const connectAsOwner = (url: string, max = 1): Db => pool(url, max, {});
