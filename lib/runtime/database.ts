/** Databases of a server: made, and checked to be within reach. */
import postgres from "postgres";
import { codeOf, RuntimeProblem } from "./problem.ts";

/** `url` with another database's name. */
function withDatabaseName(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

/**
 * Makes the database `name` on the server of `url`, unless it is there.
 * @param template a database to copy; nobody may be connected to it.
 * @returns the url of the database.
 */
export async function createDatabase(url: string, name: string, template?: string): Promise<string> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const there = await sql`select 1 from pg_database where datname = ${name}`;
    if (there.length === 0) {
      await (template
        ? sql`create database ${sql(name)} template ${sql(template)}`
        : sql`create database ${sql(name)}`);
    }
  } catch (error) {
    // Another process made it in the same moment.
    if (!["42P04", "23505"].includes(codeOf(error))) throw error;
  } finally {
    await sql.end({ timeout: 5 });
  }
  return withDatabaseName(url, name);
}

/** Drops the database `name`, whoever is connected to it. */
export async function dropDatabase(url: string, name: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql`drop database if exists ${sql(name)} with (force)`;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

const REASONS: Record<string, string> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "there is no such host",
  CONNECT_TIMEOUT: "it doesn't answer",
  ETIMEDOUT: "it doesn't answer",
  EHOSTUNREACH: "the host can't be reached",
  "28P01": "it refuses the password",
  "28000": "it refuses this user",
  "3D000": "it has no database of that name; create it first",
  "53300": "it has no connection left",
};

/** @throws RuntimeProblem when the server that DATABASE_URL names can't be used. */
export async function checkDatabaseUrl(url: string): Promise<void> {
  let address: URL;
  try {
    address = new URL(url);
  } catch {
    throw new RuntimeProblem(
      "database-url",
      "DATABASE_URL is not an address. It looks like postgres://user:password@host:5432/database.",
    );
  }
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    await sql`select 1`;
  } catch (error) {
    const why = REASONS[codeOf(error)] ?? (error instanceof Error ? error.message : String(error));
    throw new RuntimeProblem(
      "database-unreachable",
      `The database of DATABASE_URL (${address.host}${address.pathname}) can't be used: ${why}.`,
    );
  } finally {
    await sql.end({ timeout: 1 });
  }
}
