/** Whether this machine, its home and its database are as Rollcall needs them; each finding is a sentence. */
import { randomUUID } from "node:crypto";
import { rm, stat, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { connectAsOwner, type SqlSession } from "../../db/client.ts";
import { readMigrations } from "../../db/migration-files.ts";
import { migrationState, NEWER_DATABASE } from "../../db/migration-state.ts";
import { readSilentIngests } from "../../db/queries/ingests.ts";
import type { Home } from "./home.ts";
import { openPostgres } from "./postgres.ts";
import { codeOf, fileProblem } from "./problem.ts";
import { accessTo, replicaUrl } from "./replica-url.ts";
import { OLDEST_NODE } from "./version.ts";

export interface Finding {
  check: "node" | "home" | "disk" | "database" | "migrations" | "clock" | "ingests" | "replica";
  ok: boolean;
  sentence: string;
}

/** PostgreSQL stops at a full disk, and an ingest of a large log needs some hundred megabytes while it sorts. */
const LEAST_FREE_BYTES = 1024 ** 3;
/** An ingest counts as dead after a minute of silence: with clocks further apart than this, live ones come near. */
const MOST_SKEW_MS = 20_000;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const gigabytes = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(1)} GB`;

/** @param version like 20.11.1. */
export function checkNode(version: string): Finding {
  const parts = (text: string) => text.split(".").map(Number);
  const [own, oldest] = [parts(version), parts(OLDEST_NODE)];
  const differing = own.findIndex((part, i) => part !== oldest[i]);
  const ok = differing === -1 || (own[differing] ?? 0) > (oldest[differing] ?? 0);
  const sentence = ok
    ? `Node.js ${version} is new enough.`
    : `Node.js ${version} is older than ${OLDEST_NODE}. Install a newer one from nodejs.org.`;
  return { check: "node", ok, sentence };
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    (error: unknown) => codeOf(error) !== "ENOENT",
  );

async function checkHome({ root }: Home): Promise<Finding> {
  const check = "home";
  if (!(await exists(root)))
    return { check, ok: true, sentence: `${root} is not there yet; the first start makes it.` };
  const probe = join(root, `.doctor-${randomUUID()}`);
  try {
    await writeFile(probe, "");
    return { check, ok: true, sentence: `${root} can be written to.` };
  } catch (error) {
    return { check, ok: false, sentence: messageOf(fileProblem(error, root)) };
  } finally {
    await rm(probe, { force: true }).catch(() => {});
  }
}

/** @param needed bytes below which the disk counts as full. */
export async function checkDisk({ root }: Home, needed = LEAST_FREE_BYTES): Promise<Finding> {
  const check = "disk";
  try {
    const { bavail, bsize } = await statfs(root);
    const free = bavail * bsize;
    if (free >= needed) return { check, ok: true, sentence: `${gigabytes(free)} are free at ${root}.` };
    const sentence = `Only ${gigabytes(free)} are free at ${root}; below ${gigabytes(needed)} an ingest may stop. Make room.`;
    return { check, ok: false, sentence };
  } catch (error) {
    if (codeOf(error) === "ENOENT") return { check, ok: true, sentence: "Nothing is stored yet." };
    return { check, ok: false, sentence: `The free space at ${root} can't be read: ${messageOf(error)}.` };
  }
}

async function checkMigrations(sql: SqlSession): Promise<Finding> {
  const check = "migrations";
  const { missing, unknown } = await migrationState(sql, readMigrations());
  if (unknown > 0) return { check, ok: false, sentence: NEWER_DATABASE };
  if (missing.length === 0)
    return { check, ok: true, sentence: "The database has all tables of this version." };
  const tags = missing.map(({ tag }) => tag).join(", ");
  const sentence = `The database lacks ${tags}. Run rollcall migrate, or start this version, which does the same.`;
  return { check, ok: false, sentence };
}

/** Compares at the middle of the time that the question took. */
async function checkClock(sql: SqlSession): Promise<Finding> {
  const before = Date.now();
  const [row] = await sql<
    { at: number }[]
  >`select extract(epoch from clock_timestamp())::float8 * 1000 as at`;
  const skew = Math.round((row?.at ?? 0) - (before + Date.now()) / 2);
  const seconds = (Math.abs(skew) / 1000).toFixed(1);
  if (Math.abs(skew) <= MOST_SKEW_MS)
    return {
      check: "clock",
      ok: true,
      sentence: `The database's clock is within ${seconds} s of this one's.`,
    };
  const side = skew > 0 ? "ahead of" : "behind";
  const sentence = `The database's clock is ${seconds} s ${side} this machine's. Set both by a time server (NTP).`;
  return { check: "clock", ok: false, sentence };
}

async function checkIngests(sql: SqlSession): Promise<Finding> {
  const check = "ingests";
  const silent = await readSilentIngests(sql);
  if (silent.length === 0) return { check, ok: true, sentence: "No ingest was cut off." };
  const named = silent.map(
    ({ source, file, startedAt }) => `${file ?? "what was streamed"} into ${source} at ${startedAt}`,
  );
  const sentence = `Cut off and not run again: ${named.join("; ")}. Run the same ingest again; nothing is stored twice.`;
  return { check, ok: false, sentence };
}

/** Whether the replica that is set follows the database. @param lsn where the database is. */
async function checkReplica(url: string, lsn: string): Promise<Finding> {
  const check = "replica";
  const db = connectAsOwner(url);
  try {
    const [row] = await db.sql<{ follows: boolean; behind: number | null }[]>`
      select pg_is_in_recovery() as follows, pg_wal_lsn_diff(${lsn}::pg_lsn, pg_last_wal_replay_lsn())::float8 as behind`;
    if (row?.follows !== true || row.behind === null)
      return { check, ok: false, sentence: "DATABASE_REPLICA_URL names no replica that follows a database." };
    const kilobytes = Math.max(Math.ceil(row.behind / 1024), 0).toLocaleString("en-GB");
    return { check, ok: true, sentence: `The replica follows; it is ${kilobytes} KB of changes behind.` };
  } catch (error) {
    return { check, ok: false, sentence: `The replica can't be asked: ${messageOf(error)}.` };
  } finally {
    await db.close();
  }
}

/** What needs the database. Where it can't be reached, the one sentence says why. */
async function checkDatabase(home: Home, say: (text: string) => void): Promise<Finding[]> {
  const check = "database";
  if (!process.env.DATABASE_URL && !(await exists(home.data)))
    return [{ check, ok: true, sentence: "There is no database yet; the first start makes it." }];
  try {
    const server = await openPostgres(home, say);
    const db = connectAsOwner(server.url);
    try {
      const [row] = await db.sql<{ version: string }[]>`select current_setting('server_version') as version`;
      const findings: Finding[] = [{ check, ok: true, sentence: `PostgreSQL ${row?.version} answers.` }];
      findings.push(await checkClock(db.sql));
      const migrations = await checkMigrations(db.sql);
      findings.push(migrations);
      // Other tables than this version's can't be asked.
      if (migrations.ok) findings.push(await checkIngests(db.sql));
      const replica = replicaUrl();
      if (replica !== null) {
        const [at] = await db.sql<{ lsn: string }[]>`select pg_current_wal_lsn()::text as lsn`;
        const own = new URL(server.url);
        findings.push(
          await checkReplica(
            accessTo(replica, { url: own.href, key: Buffer.alloc(0) }).url,
            at?.lsn ?? "0/0",
          ),
        );
      }
      return findings;
    } finally {
      await db.close();
      await server.release();
    }
  } catch (error) {
    return [{ check, ok: false, sentence: messageOf(error) }];
  }
}

/** All checks, also after one has failed; changes nothing. */
export async function examine(home: Home, say: (text: string) => void): Promise<Finding[]> {
  const own = [checkNode(process.versions.node), await checkHome(home), await checkDisk(home)];
  return [...own, ...(await checkDatabase(home, say))];
}
