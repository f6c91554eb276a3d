/** What the thread runs that makes the lines of records, while the process reads others and compresses. */
import { parentPort, workerData } from "node:worker_threads";
import { EvidenceError } from "./error.ts";
import { type LineColumns, recordsOf } from "./line-columns.ts";
import { type Lines, linesOf } from "./lines.ts";

/** The lines, or why there are none: an error that is handed over forgets what it is. */
export type LinesAnswer = Lines | Pick<EvidenceError, "code" | "message">;

parentPort?.on("message", (columns: LineColumns) => {
  try {
    const lines = linesOf(recordsOf(columns), workerData as Uint8Array | null);
    parentPort?.postMessage(lines, [lines.text.buffer]);
  } catch (error) {
    if (!(error instanceof EvidenceError)) throw error;
    const { code, message } = error;
    parentPort?.postMessage({ code, message } satisfies LinesAnswer);
  }
});
