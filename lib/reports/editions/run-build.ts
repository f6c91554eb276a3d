/** Has the reports of a large workspace worked out, in a process of its own. */
import type { Access, Db } from "../../../db/client.ts";
import { alone } from "../../runtime/alone.ts";
import { runApart } from "../../runtime/apart.ts";
import { accessToEnv } from "../../runtime/web.ts";

/** Name of the lock of whoever works a workspace's reports out. */
export const buildLock = (workspace: string): string => `rollcall reports ${workspace}`;

export interface BuildContext {
  db: Db;
  workspace: string;
  /** How the process comes in: it sees the workspace, and owns nothing. */
  access: Access;
  stop: AbortSignal;
}

/**
 * Works out what is wished for in a workspace, one process at a time.
 * @returns how many seconds it took; null when another process is at it.
 */
export async function runBuild({ db, workspace, access, stop }: BuildContext): Promise<number | null> {
  const began = performance.now();
  const done = await alone(db, buildLock(workspace), async () => {
    await runApart("reports", { workspace }, { env: accessToEnv(access), stop });
    return true;
  });
  return done === null ? null : Math.round((performance.now() - began) / 1000);
}
