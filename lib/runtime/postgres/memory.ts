/** How much memory PostgreSQL takes for pages of its tables and indexes. */
import { totalmem } from "node:os";

const MB = 1024 * 1024;
/** What PostgreSQL itself takes where nobody says anything. */
const LEAST_MB = 128;
/** What ten million records are asked for most fits into it. */
const MOST_MB = 4096;
/** The rest is for the processes beside it, and for the system's own cache of files. */
const SHARE = 8;

/** @param bytes of memory that the machine has, or that this process may use of it. @returns megabytes. */
export const sharedBuffersMb = (bytes: number): number =>
  Math.min(Math.max(Math.floor(bytes / SHARE / MB), LEAST_MB), MOST_MB);

/** Bytes that there are: the machine's, or what a container has of it. */
export function memoryHere(): number {
  // 0 or some huge number where nothing is constrained.
  const constrained = process.constrainedMemory();
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
}
