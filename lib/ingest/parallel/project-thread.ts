/** What a projecting thread runs: read models of the subjects whose records it is handed. */
import { parentPort } from "node:worker_threads";
import { projectPart } from "../subject-lines.ts";

parentPort?.on("message", (part: Uint8Array) => parentPort?.postMessage(projectPart(part)));
