/** rollcall apart <task>: not for people. What lib/runtime/apart.ts runs beside the pages. */
import { once } from "node:events";
import { Socket } from "node:net";
import type { Writable } from "node:stream";
import type { Command } from "commander";
import { writeEvidence } from "../evidence/export-evidence.ts";
import { rebuild } from "../ingest/rebuild.ts";
import { buildReports } from "../reports/editions/build.ts";
import { type ApartMessage, type ApartTasks, BYTES_FD } from "../runtime/apart.ts";
import { closeWebDbs, webDb } from "../runtime/web.ts";
import { UsageProblem } from "./context.ts";
import { sentenceOf } from "./foreseen.ts";

interface Around {
  /** Takes the bytes that the task makes. */
  target: () => Writable;
  onProgress: (done: number, all?: number) => void;
}

const TASKS: {
  [T in keyof ApartTasks]: (
    input: ApartTasks[T]["input"],
    around: Around,
  ) => Promise<ApartTasks[T]["result"]>;
} = {
  reports: (scope) => buildReports(webDb(scope), scope.workspace),
  rebuild: ({ by, ...scope }, { onProgress }) => rebuild(webDb(scope), scope.workspace, by, onProgress),
  evidence: ({ params, ...scope }, { target, onProgress }) =>
    writeEvidence(webDb(scope), scope.workspace, params, target(), ({ records }) => onProgress(records)),
};

/** The task of that name, as it is called with what came by the channel: `runApart` sends what it takes. */
const taskOf = (name: string) =>
  new Map(Object.entries(TASKS)).get(name) as
    | ((input: unknown, around: Around) => Promise<unknown>)
    | undefined;

async function run(name: string): Promise<void> {
  const task = taskOf(name);
  if (task === undefined || process.channel === undefined)
    throw new UsageProblem("This command is Rollcall's own: it runs it beside the pages.");
  const tell = (message: ApartMessage) =>
    new Promise<void>((resolve) => process.send?.(message, () => resolve()) ?? resolve());
  // No longer than whoever began it.
  const orphaned = () => process.exit(1);
  process.once("disconnect", orphaned);
  const [{ input }] = (await once(process, "message")) as [{ input: unknown }];
  try {
    const result = await task(input, {
      target: () => new Socket({ fd: BYTES_FD, readable: false, writable: true }),
      onProgress: (done, all) => void tell({ progress: all === undefined ? { done } : { done, all } }),
    });
    await tell({ result });
  } catch (error) {
    const problem = sentenceOf(error);
    if (problem === null) throw error;
    await tell({ problem });
  } finally {
    await closeWebDbs();
    process.off("disconnect", orphaned);
    process.disconnect?.();
  }
}

export function addApart(program: Command): void {
  program.command("apart", { hidden: true }).argument("<task>").action(run);
}
