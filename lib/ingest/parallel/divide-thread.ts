/** What a dividing thread runs. */
import { parentPort, workerData } from "node:worker_threads";
import { type DivideSettings, divider } from "../divide.ts";

const divide = divider(workerData as DivideSettings);
parentPort?.on("message", (segment: Parameters<typeof divide>[0]) =>
  parentPort?.postMessage(divide(segment)),
);
