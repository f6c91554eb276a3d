/** What keeps the database from answering, told by its own codes, in a sentence for whoever waits. */
import { codeOf } from "./problem.ts";

export interface Trouble {
  /** Of the API's answer. */
  code: "unavailable" | "busy" | "disk_full";
  message: string;
  /** When it is worth asking again. */
  retryAfterSeconds: number;
}

const AWAY: Trouble = {
  code: "unavailable",
  message: "Rollcall's database does not answer just now. Try again in a moment; its log says more.",
  retryAfterSeconds: 5,
};
const NO_CONNECTION: Trouble = {
  code: "busy",
  message: "Rollcall's database has no connection left: other programs hold them all. Try again in a moment.",
  retryAfterSeconds: 5,
};
const HELD: Trouble = {
  code: "busy",
  message:
    "Somebody holds what this needs in Rollcall's database, most often for its care. Nothing was changed; try again in a moment.",
  retryAfterSeconds: 10,
};
const FULL: Trouble = {
  code: "disk_full",
  message:
    "The disk of Rollcall's database is full: nothing more can be stored until there is room. What was stored is kept; try again then.",
  retryAfterSeconds: 60,
};

/** The driver's and the system's names for a connection that can't be had, and for one that has gone; of PostgreSQL's, its shutdown. */
const GONE = new Set([
  "CONNECT_TIMEOUT",
  "ECONNREFUSED",
  "ETIMEDOUT",
  "57P03",
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "ECONNRESET",
  "EPIPE",
  "57P01",
  "57P02",
  // in_failed_sql_transaction: seen while the disk was full, where what had failed before was told to nobody.
  "25P02",
]);

const BY_CODE: Record<string, Trouble> = {
  // too_many_connections
  "53300": NO_CONNECTION,
  // disk_full
  "53100": FULL,
  // lock_not_available, deadlock_detected
  "55P03": HELD,
  "40P01": HELD,
};

/** Causes of causes: no more are looked through. */
const DEEPEST = 5;

/** @returns null for what is no trouble of the database's. */
export function databaseTrouble(error: unknown): Trouble | null {
  let at = error;
  for (let depth = 0; depth < DEEPEST && at instanceof Error; depth++, at = at.cause) {
    const code = codeOf(at);
    // Class 08: connection exceptions.
    if (GONE.has(code) || /^08...$/u.test(code)) return AWAY;
    const known = BY_CODE[code];
    if (known !== undefined) return known;
    // Where it can't even say it by its code: io_error, internal_error.
    if (/^(?:58030|XX000)$/u.test(code) && at.message.includes("No space left on device")) return FULL;
  }
  return null;
}
