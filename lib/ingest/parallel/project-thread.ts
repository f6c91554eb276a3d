/** What a projecting thread runs: read models of the subjects whose records it is handed. */
import { parentPort } from "node:worker_threads";
import { projectLines } from "../subject-lines.ts";

parentPort?.on("message", (text: string) => parentPort?.postMessage(projectLines(text)));
