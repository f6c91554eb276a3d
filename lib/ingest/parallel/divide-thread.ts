/** What a dividing thread runs: it opens the segments that it is handed and divides their records. */
import { parentPort, workerData } from "node:worker_threads";
import type { LogSegment } from "../../../db/log/read.ts";
import { divide } from "../divide.ts";
import type { RefTable } from "../ref-table.ts";

/** A segment, and memory to put its lines into: the answer's, used again. */
export interface DivideQuestion {
  segment: LogSegment;
  memory: ArrayBuffer;
}

parentPort?.on("message", ({ segment, memory }: DivideQuestion) => {
  const lines = divide(workerData as RefTable, segment, memory);
  parentPort?.postMessage(lines, [lines.bytes.buffer]);
});
