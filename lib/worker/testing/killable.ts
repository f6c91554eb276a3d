/** Workers in processes of their own, to be killed. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PROJECT_ROOT } from "../../runtime/home.ts";
import type { TestDatabase } from "../../runtime/testing/database.ts";
import { bundleProgram } from "../../runtime/testing/program.ts";

const WORKER = fileURLToPath(new URL("./worker-process.ts", import.meta.url));

export interface Killable {
  child: ChildProcess;
  ended: Promise<unknown>;
}

/** Makes the worker's program, in one file: so it is up in a third of a second. @returns what starts one. */
export async function killableWorkers(
  folder: string,
  database: TestDatabase,
  installation: string,
): Promise<() => Killable> {
  const program = join(folder, "worker.mjs");
  await bundleProgram(WORKER, program);
  return () => {
    const child = spawn(process.execPath, [program], {
      env: {
        ...process.env,
        ROLLCALL_ROOT: PROJECT_ROOT,
        WORKER_URL: database.url,
        WORKER_APP_URL: database.access.url,
        WORKER_KEY: Buffer.from(database.access.key).toString("base64"),
        WORKER_INSTALLATION: installation,
      },
      stdio: "ignore",
    });
    return { child, ended: once(child, "exit") };
  };
}
