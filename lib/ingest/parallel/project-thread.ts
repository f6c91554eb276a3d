/** What a projecting thread runs: read models of the subjects whose records it is handed. */
import { readlinkSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { type Part, projectPart } from "../subject-lines.ts";
import type { ThreadManners } from "./pool.ts";

/** Lets all others go first: on Linux each thread has a priority of its own. Elsewhere it works beside them. */
function giveWay(): void {
  try {
    const thread = Number(readlinkSync("/proc/thread-self").split("/").at(-1));
    setPriority(thread, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // No Linux, or not allowed.
  }
}

if ((workerData as ThreadManners | null)?.givesWay === true) giveWay();

parentPort?.on("message", (part: Part) => {
  const subjects = projectPart(part);
  // Handed over and not copied.
  const lent = subjects.flatMap(({ rows, records }) => [
    rows.buffer,
    ...(records === null ? [] : [records.bytes.buffer]),
  ]);
  parentPort?.postMessage(subjects, lent);
});
