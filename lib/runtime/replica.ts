/**
 * Reports told by a streaming replica (DATABASE_REPLICA_URL). It is asked only while it has what whoever asks did themselves, and
 * is not further behind than a page may be; else, and when it can't answer, the database itself is.
 */
import postgres from "postgres";
import type { Db } from "../../db/client.ts";
import { type ReplicaState, readMark, readReplicaState } from "../../db/queries/freshness.ts";
import { readVersion } from "../../db/queries/version.ts";
import type { Caller } from "../auth/caller.ts";
import { log } from "./log.ts";
import { webReplica } from "./web.ts";

/** Told to whoever looks at a report that a replica has told. */
export interface ToldByReplica {
  /** How old what it had may be, seconds. */
  behindSeconds: number;
}

/** A replica that hangs behind longer than this tells nothing. */
const MOST_BEHIND_SECONDS = 30;
/** One that could not be asked is left alone for so long: each try would make a page wait. */
const LEFT_ALONE_MS = 10_000;
/** What is older than what a replica keeps for its readers, it takes from under them; and a server that is going away. */
const TAKEN_AWAY = new Set(["40001", "40P01", "57P01", "57P02", "57P03", "25006"]);

/** By its address; not by the day's clock, which may be set. */
const leftAloneUntil = new Map<string | undefined, number>();
const addressed = () => process.env.DATABASE_REPLICA_URL;

function leaveAlone(why: string, err?: unknown): null {
  leftAloneUntil.set(addressed(), performance.now() + LEFT_ALONE_MS);
  log().warn({ err }, why);
  return null;
}

const isReady = ({ behind, has }: ReplicaState): boolean =>
  has && behind !== null && behind <= MOST_BEHIND_SECONDS;

/** @returns the replica, and how far it is behind; null when the database itself is to be asked. */
async function readyReplica(
  db: Db,
  workspace: string,
  by: Caller,
): Promise<{ db: Db; told: ToldByReplica } | null> {
  const replica = webReplica({ workspace, customer: by.customer });
  if (replica === null || performance.now() < (leftAloneUntil.get(addressed()) ?? 0)) return null;
  const [mark, version] = await Promise.all([
    readMark(db, workspace, by.customer === null ? by.actor : null),
    readVersion(db, workspace),
  ]);
  // What was left undone is worked out where it can be written.
  if (version.dirty && !version.live) return null;
  try {
    const state = await readReplicaState(replica, workspace, mark);
    if (!state.follows)
      return leaveAlone("DATABASE_REPLICA_URL names no replica that follows: it is not asked.");
    return isReady(state) ? { db: replica, told: { behindSeconds: Math.ceil(state.behind ?? 0) } } : null;
  } catch (error) {
    return leaveAlone("The replica can't be asked; the database itself is.", error);
  }
}

/**
 * Reads a report where it may be read: from the replica, if there is one that will do.
 * @param read gets the connection to read with; run again with the database's own where the replica gives up.
 * @returns what it read, and who told it: null, the database itself.
 */
export async function readReports<T>(
  { db, workspace, by }: { db: Db; workspace: string; by: Caller },
  read: (db: Db) => Promise<T>,
): Promise<{ read: T; replica: ToldByReplica | null }> {
  const ready = await readyReplica(db, workspace, by);
  if (ready !== null) {
    try {
      return { read: await read(ready.db), replica: ready.told };
    } catch (error) {
      const gone =
        error instanceof postgres.PostgresError
          ? TAKEN_AWAY.has(error.code)
          : error instanceof Error && "code" in error && /^(?:CONNECT|ECONN|EPIPE)/u.test(String(error.code));
      if (!gone) throw error;
      leaveAlone("The replica gave up while it was read; the database itself is asked.", error);
    }
  }
  return { read: await read(db), replica: null };
}

/** A report with who told it, where a replica has. */
export const toldBy = <T extends object>(report: T, replica: ToldByReplica | null): T =>
  replica === null ? report : { ...report, replica };
