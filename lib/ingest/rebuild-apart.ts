/** Working everything out anew beside the pages, which nobody is to wait for meanwhile. */
import type { Scope } from "../../db/client.ts";
import type { Caller } from "../auth/caller.ts";
import { runApart } from "../runtime/apart.ts";

/** Works all read models of a workspace out anew, and tells how far it is. */
export type Rebuild = (by: Caller, onProgress: (done: number, all?: number) => void) => Promise<unknown>;

/**
 * Does it in a process of its own.
 * @param env how it comes into the database, where this process's environment does not say so.
 */
export const rebuildApart =
  (scope: Scope, env: Record<string, string> = {}): Rebuild =>
  (by, onProgress) =>
    runApart("rebuild", { ...scope, by }, { env, onProgress });
